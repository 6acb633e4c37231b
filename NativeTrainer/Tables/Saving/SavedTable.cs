using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Tables.Features;
using Hpo.NativeTrainer.Tables.Models;
using Microsoft.ML;

namespace Hpo.NativeTrainer.Tables.Saving;

/// <summary>A model of a file, for predictions.</summary>
/// <param name="Description">What the file says of it.</param>
/// <param name="Target">What it predicts.</param>
/// <param name="Transformer">Makes features of columns, and predicts with them unless there is a predictor.</param>
/// <param name="Predictor">Predicts with the features, or null.</param>
internal sealed record SavedTable(TableModelDescription Description, TableTarget Target, ITransformer Transformer, ITablePredictor? Predictor)
{
    /// <summary>Reads the columns that the model takes out of a file, where they may stand in any order.</summary>
    /// <exception cref="DataFileException">The file cannot be read, or lacks a column.</exception>
    public Table Read(string file, TableReadOptions options)
    {
        Table table = TableReader.Read(file, options with { Kinds = Description.Columns.ToDictionary(column => column.Name, column => column.Kind), OnlyKnown = true });
        string[] lacking = [.. Description.Columns.Select(column => column.Name).Where(name => table.Find(name) is null)];
        return lacking.Length == 0 ? table
            : throw new DataFileException(
                file, $"it lacks {(lacking.Length == 1 ? "the column" : "the columns")} {string.Join(", ", lacking.Select(name => $"'{name}'"))}.",
                $"The model takes {string.Join(", ", Description.Columns.Select(column => column.Name))}, in any order; a column may be empty.");
    }

    /// <summary>Predicts all rows of a table that <see cref="Read"/> gave.</summary>
    public TablePredictions Predict(Table table)
    {
        TableColumn[] columns = [.. Description.Columns.Select(known => table.Find(known.Name)!.SpelledAs(known.Levels))];
        IDataView transformed = Transformer.Transform(new TableView([.. columns.SelectMany(RawColumn.Of)], [.. Enumerable.Range(0, table.RowCount)]));
        return Predictor is null ? MlNetPredictor.Read(transformed, Target) : Predictor.Predict(FeatureMatrix.Of(transformed, table.RowCount));
    }

    /// <summary>What a person should know of values that the model was not trained with, a sentence for each column.</summary>
    public IEnumerable<string> UnknownLevels(Table table)
    {
        foreach (DescribedColumn known in Description.Columns)
        {
            if (known.Levels is not { } levels || table.Find(known.Name)?.SpelledAs(levels) is not CategoryColumn column) continue;
            HashSet<int> unknown = [.. column.Levels.Index().Where(level => !levels.Contains(level.Item)).Select(level => level.Index)];
            int rows = column.Codes.Count(unknown.Contains);
            if (rows > 0) yield return FormattableString.Invariant($"Column '{known.Name}': {rows} rows have values that the model was not trained with, such as '{column.Levels[unknown.Min()]}'; they count as missing.");
        }
    }
}
