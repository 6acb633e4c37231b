using Hpo.NativeTrainer.Data;
using Parquet;
using Parquet.Schema;

namespace Hpo.NativeTrainer.Tables.Reading;

/// <summary>
/// Reads a Parquet file into typed columns. Numbers, booleans and dates are what the file says that they are; of texts the
/// kind is inferred as in CSV, except that they are no numbers: codes with leading zeros are kept.
/// </summary>
internal sealed class ParquetTableReader
{
    private readonly string _path;
    private readonly TableReadOptions _options;
    private readonly List<string> _notes = [];

    private ParquetTableReader(string path, TableReadOptions options) => (_path, _options) = (path, options);

    /// <exception cref="DataFileException">It is no table that can be read.</exception>
    public static Table Read(TableFile file, TableReadOptions options)
    {
        try
        {
            // The library reads asynchronously only; a thread of the pool has no context that could wait for this one.
            return Task.Run(() => new ParquetTableReader(file.Path, options).ReadAsync()).GetAwaiter().GetResult();
        }
        catch (Exception exception) when (exception is not DataFileException)
        {
            // It throws whatever its decoders meet in damaged bytes.
            throw new DataFileException(
                file.Path, $"it is a damaged Parquet file, or one that cannot be read: {exception.Message}",
                "Write it again, or as CSV.", exception);
        }
    }

    private async Task<Table> ReadAsync()
    {
        using FileStream content = File.OpenRead(_path);
        await using ParquetReader reader = await ParquetReader.CreateAsync(content);
        Dictionary<string, ParquetValues> values = [];
        foreach (Field field in reader.Schema.Fields)
        {
            if (field is DataField { IsArray: false, MaxRepetitionLevel: 0 } data && ParquetValues.For(data) is { } known)
                values.TryAdd(field.Name, known);
            else if (_options.Kinds.ContainsKey(field.Name) || (!_options.OnlyKnown && !_options.Ignore.Contains(field.Name)))
                _notes.Add($"Column \"{field.Name}\" is left out: a {Describe(field)} is no value of a table.");
        }

        string[] names = [.. reader.Schema.Fields.Select(field => field.Name).Where(values.ContainsKey)];
        if (names.Length == 0)
            throw new DataFileException(_path, "none of its columns can be read.", "Write columns of numbers, texts and dates.");
        List<ColumnReading> columns = ColumnSelection.Select(_path, names, _options);
        for (int group = 0; group < reader.RowGroupCount; group++)
        {
            using ParquetRowGroupReader rows = reader.OpenRowGroupReader(group);
            foreach (ColumnReading column in columns) await values[column.Name].ReadAsync(rows);
        }

        var maker = new ColumnMaker(new NumberFormat(_options.Decimal ?? '.'), row => $"row {row + 1}", textsMayBeNumbers: false);
        TableColumn[] made = [.. columns.Select(column => values[column.Name].Make(column, maker))];
        if (made[0].Count == 0) throw new DataFileException(_path, "it has no rows.", "Give a file with rows.");
        return new Table(_path, made, [.. _notes, .. maker.Notes]);
    }

    private static string Describe(Field field) => field switch
    {
        DataField { IsArray: false, MaxRepetitionLevel: 0 } data => data.ClrType.Name,
        DataField or ListField => "list",
        MapField => "map",
        _ => "structure",
    };
}
