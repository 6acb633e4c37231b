using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>Which columns of a file are read.</summary>
internal static class ColumnSelection
{
    /// <exception cref="DataFileException">The options name a column that the file lacks, or leave none.</exception>
    public static List<ColumnReading> Select(string path, IReadOnlyList<string> names, TableReadOptions options)
    {
        if (!options.OnlyKnown)
        {
            foreach (string name in options.Ignore.Concat(options.Kinds.Keys))
            {
                if (!names.Contains(name)) throw Unknown(path, name, names);
            }
        }

        List<ColumnReading> columns =
        [
            .. names.Index().Where(column => IsRead(column.Item, options)).Select(column => new ColumnReading(
                column.Item, column.Index, options.Kinds.TryGetValue(column.Item, out ColumnKind kind) ? kind : null)),
        ];
        if (columns.Count > 0) return columns;
        throw options.OnlyKnown
            ? new DataFileException(
                path, $"it has none of the columns {List(options.Kinds.Keys)}.", $"Its columns are {List(names)}.")
            : new DataFileException(path, "all of its columns are ignored.", "Ignore fewer of them.");
    }

    private static bool IsRead(string name, TableReadOptions options) =>
        !options.Ignore.Contains(name) && (!options.OnlyKnown || options.Kinds.ContainsKey(name));

    /// <summary>The error of a column that a file lacks, with the nearest name.</summary>
    public static DataFileException Unknown(string path, string name, IReadOnlyList<string> names)
    {
        string? nearest = NearestName.Find(name, names);
        string hint = nearest is null ? "" : $"Did you mean \"{nearest}\"? ";
        return new DataFileException(path, $"it has no column \"{name}\".", $"{hint}Its columns are {List(names)}.");
    }

    private static string List(IEnumerable<string> names) => string.Join(", ", names);
}
