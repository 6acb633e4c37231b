using Microsoft.ML;

namespace Hpo.NativeTrainer.Tables.Features;

/// <summary>
/// Makes features of a table's columns by ML.NET's own transforms, so that a saved model needs nothing but ML.NET. Whatever it
/// has learned, it has learned from the rows that it was fitted on.
/// </summary>
/// <param name="columns">The columns that it takes.</param>
/// <param name="transformer">Turns them into the column of features.</param>
/// <param name="codes">With <see cref="CategoryEncoding.Codes"/>, how many codes each of the first features has, the unknown one included.</param>
/// <param name="train">The features of the rows that it was fitted on.</param>
internal sealed class FeaturePipeline(
    IReadOnlyList<TableColumn> columns, ITransformer transformer, IReadOnlyList<int> codes, FeatureMatrix train)
{
    public ITransformer Transformer { get; } = transformer;

    public IReadOnlyList<int> Codes { get; } = codes;

    public FeatureMatrix Train { get; } = train;

    /// <summary>The table's rows as the pipeline takes them.</summary>
    public IDataView View(int[] rows) => new TableView([.. columns.SelectMany(RawColumn.Of)], rows);

    /// <summary>The features of rows of the table.</summary>
    public FeatureMatrix Apply(int[] rows) => Apply(columns, rows);

    /// <summary>The features of another table's rows.</summary>
    /// <param name="columns">Its columns of the same names and kinds.</param>
    /// <param name="rows">The rows.</param>
    public FeatureMatrix Apply(IReadOnlyList<TableColumn> columns, int[] rows) =>
        FeatureMatrix.Of(Transformer.Transform(new TableView([.. columns.SelectMany(RawColumn.Of)], rows)), rows.Length);

    /// <summary>Learns from rows.</summary>
    /// <inheritdoc cref="FeatureBuilder" path="/param"/>
    public static FeaturePipeline Fit(
        IReadOnlyList<TableColumn> columns, int[] rows, TableTarget target, FeatureOptions options, ulong seed) =>
        new FeatureBuilder(columns, rows, target, options, seed).Fit();
}
