using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Tables;
using Hpo.Tests;
using Parquet;
using Parquet.Schema;

namespace Hpo.NativeTrainer.Tests.Tables;

public class ParquetTableTests
{
    private const int Rows = 60;

    [Fact]
    public async Task Columns_are_what_the_file_says()
    {
        Table table = TableText.Read(await Write(), name: "table.parquet");
        table.RowCount.Should().Be(2 * Rows);
        table.Columns.Select(column => (column.Name, column.Kind)).Should().Equal(
            ("number", ColumnKind.Number), ("whole", ColumnKind.Number), ("small", ColumnKind.Number), ("cost", ColumnKind.Number),
            ("flag", ColumnKind.Boolean), ("day", ColumnKind.Date), ("city", ColumnKind.Category), ("code", ColumnKind.Category),
            ("review", ColumnKind.Text));
        table.Numbers("number")[..3].Should().Equal(0, double.NaN, 1);
        table.Numbers("whole")[..3].Should().Equal(0, 1, 2);
        table.Numbers("cost")[1].Should().Be(1.25);
        table.Numbers("day")[..3].Should().Equal(0, 1.5, 3);
        table.Categories("flag").Levels.Should().Equal("false", "true");
        table.Texts("flag")[..3].Should().Equal("true", "false", "true");
        table.Texts("city")[..4].Should().Equal("Lund", "Graz", null, "Lund");
        table.Texts("code")[..2].Should().Equal("007", "008");
        table.Notes.Should().BeEmpty();
    }

    [Fact]
    public async Task Given_kinds_win()
    {
        Table table = TableText.Read(await Write(), new TableReadOptions
        {
            Ignore = ["number"],
            Kinds = BadTableTests.Kinds(
                ("whole", ColumnKind.Category), ("code", ColumnKind.Number), ("city", ColumnKind.Text), ("small", ColumnKind.Boolean)),
        });
        table.Find("number").Should().BeNull();
        table.Texts("whole")[..2].Should().Equal("0", "1");
        table.Numbers("code")[0].Should().Be(7);
        table.Find("city").Should().BeOfType<TextColumn>();
        table.Categories("small").Codes[..3].Should().Equal(0, 1, -1);
        table.Notes.Should().Contain(note => note.Contains("\"2\" in row 3"));
    }

    [Fact]
    public async Task Lists_are_left_out_and_named()
    {
        var schema = new ParquetSchema(new DataField<int>("a"), new ListField("many", new DataField<int>("element")));
        using var stream = new MemoryStream();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            await group.WriteAsync<int>(schema.DataFields[0], new int[] { 1, 2 });
            int[] levels = [.. Enumerable.Repeat(schema.DataFields[1].MaxDefinitionLevel, 3)];
            await group.WriteAllPartsAsync<int>(schema.DataFields[1], new int[] { 1, 2, 3 }, levels, new int[] { 0, 1, 0 }, CancellationToken.None);
            group.CompleteValidate();
        }
        Table table = TableText.Read(stream.ToArray(), name: "table.parquet");
        table.Columns.Select(column => column.Name).Should().Equal("a");
        table.Notes.Should().Contain("Column \"many\" is left out: a list is no value of a table.");
    }

    [Fact]
    public async Task A_file_without_rows_is_refused()
    {
        var schema = new ParquetSchema(new DataField<int>("a"));
        using var stream = new MemoryStream();
        await using (await ParquetWriter.CreateAsync(schema, stream))
        {
        }
        Action read = () => TableText.Read(stream.ToArray(), name: "table.parquet");
        read.Should().Throw<DataFileException>().WithMessage("*it has no rows*");
    }

    [Fact]
    public async Task Files_of_pandas_are_read()
    {
        string available = await PythonOracle.RunAsync(
            "import importlib.util\nfind = importlib.util.find_spec\nprint(bool(find('pandas') and (find('pyarrow') or find('fastparquet'))))");
        Assert.SkipUnless(available.Trim() == "True", "pandas with pyarrow or fastparquet is not installed");
        using var folder = new TemporaryFolder();
        string path = folder.File("pandas.parquet");
        await PythonOracle.RunAsync(
            """
            import sys
            import pandas
            pandas.DataFrame({
                "x": [1.5, None, 3.0], "n": [1, 2, 3], "c": pandas.Categorical(["a", "b", "a"]),
                "d": pandas.to_datetime(["1970-01-02", None, "1970-01-01T12:00"]), "b": [True, False, True],
            }).to_parquet(sys.argv[1])
            """, path);
        Table table = TableReader.Read(path, new TableReadOptions());
        table.Numbers("x").Should().Equal(1.5, double.NaN, 3);
        table.Numbers("d").Should().Equal(1, double.NaN, 0.5);
        table.Texts("c").Should().Equal("a", "b", "a");
        table.Find("b")!.Kind.Should().Be(ColumnKind.Boolean);
    }

    /// <summary>A file of two row groups.</summary>
    internal static async Task<byte[]> Write()
    {
        var schema = new ParquetSchema(
            new DataField<double?>("number"), new DataField<long>("whole"), new DataField<short?>("small"), new DecimalDataField("cost", 10, 2),
            new DataField<bool?>("flag"), new DateTimeDataField("day", DateTimeFormat.DateAndTimeMicros, isAdjustedToUTC: true, isNullable: true),
            new DataField<string>("city"), new DataField<string>("code"), new DataField<string>("review"));
        int[] rows = [.. Enumerable.Range(0, Rows)];
        using var stream = new MemoryStream();
        await using (ParquetWriter writer = await ParquetWriter.CreateAsync(schema, stream))
        {
            for (int part = 0; part < 2; part++)
            {
                using ParquetRowGroupWriter group = writer.CreateRowGroup();
                DataField[] fields = schema.DataFields;
                await group.WriteAsync<double>(fields[0], rows.Select(row => row % 2 == 1 ? null : (double?)row / 2).ToArray());
                await group.WriteAsync<long>(fields[1], rows.Select(row => (long)row).ToArray());
                await group.WriteAsync<short>(fields[2], rows.Select(row => (short?)row).ToArray());
                await group.WriteAsync<decimal>(fields[3], rows.Select(row => (decimal?)(row * 1.25m)).ToArray());
                await group.WriteAsync<bool>(fields[4], rows.Select(row => (bool?)(row % 2 == 0)).ToArray());
                await group.WriteAsync<DateTime>(fields[5], rows.Select(row => (DateTime?)DateTime.UnixEpoch.AddDays(row * 1.5)).ToArray());
                await group.WriteAsync(fields[6], rows.Select(row => row % 3 == 2 ? null : row % 3 == 0 ? "Lund" : "Graz").ToArray()!);
                await group.WriteAsync(fields[7], rows.Select(row => $"{row % 20 + 7:D3}").ToArray());
                await group.WriteAsync(fields[8], rows.Select(row => $"the room number {row} was clean").ToArray());
                group.CompleteValidate();
            }
        }
        return stream.ToArray();
    }
}
