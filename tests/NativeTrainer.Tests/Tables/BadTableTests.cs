using System.IO.Compression;
using System.Text;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Tables;
using Hpo.Tests;

namespace Hpo.NativeTrainer.Tests.Tables;

public class BadTableTests
{
    private static readonly string Rows = string.Concat(Enumerable.Range(0, 150).Select(row => $"{row % 9},{row % 4}\n"));

    /// <summary>Files that are refused, and what the message says.</summary>
    public static TheoryData<string, string> Refused => new()
    {
        { "", "it is empty" },
        { "\ufeff", "it is empty" },
        { "\n\n  \n", "it is empty" },
        { "a,b\n", "it has a header, but no rows" },
        { "a,b", "it has a header, but no rows" },
        { "a,b\n\n\n", "it has a header, but no rows" },
        { "a,b\n1\n2\n3\n", "3 of its 3 lines cannot be read: line 2 has 1 field where the header has 2" },
        { "a,b\n1,2,3\n", "1 of its 1 lines cannot be read: line 2 has 3 fields" },
        { "a,b\n1,2,3\n1,2,3\n4,5\n", "2 of its 3 lines cannot be read: line 2 has 3 fields" },
        { "a,b\n1,2\n\"3,4\n5,6\n7,8\n", "lines 3 to 5, read as one, has a quote that is not closed" },
        { "a,b\n1,5\" pipe\n2,\"6\"\n3,4\n4,9\n", "has a quote that is not closed" },
        { "a,b\n1,\0\n", "it is not text: byte 7 is zero" },
        { "PK\u0003\u0004zip", "it is a workbook or a zip archive" },
        { "PAR1nothing of the kind", "it is a damaged Parquet file" },
        { "PAR1", "it is a damaged Parquet file" },
        { "a,\"b\n1,2\n3,4\n", "its header has a quote that is not closed" },
        { $"a,b\n1,2\n\"{new string('x', 17_000_000)}\n", "the row that begins in line 3 is longer than" },
        { "name value\nx 1,2\n", "with --separator" },
    };

    /// <summary>Files that are read, and what is noted.</summary>
    public static TheoryData<string, string> Noted => new()
    {
        { $"a,b\n{Rows}1,2,3\n", "1 line is left out: line 152 has 3 fields where the header has 2." },
        { $"a,b\n1\n{Rows}", "1 line is left out: line 2 has 1 field where the header has 2." },
        { $"a,b\r\n1\r\n{Rows.ReplaceLineEndings("\r\n")}", "1 line is left out: line 2 has 1 field" },
        { $"a,b\r1\r{Rows.ReplaceLineEndings("\r")}", "1 line is left out: line 2 has 1 field" },
        { $"a,b\n\"1\n2\",3\n1\n{Rows}", "line 4 has 1 field" },
        { $"sep=,\na,b\n1\n{Rows}", "line 3 has 1 field" },
        { "a,b\n1,2\n\n3,4\n", "1 blank line is left out, the first is line 3." },
        { "a,b\n1,2\n \n3,4\n\n", "2 blank lines are left out, the first is line 3." },
        { "a,,c\n1,2,3\n", "Column 2 has no name: it is called \"column_2\"." },
        { "a,column_3,\n1,2,3\n", "Column 3 has no name: it is called \"column_3_2\"." },
        { "a,a\n1,2\n", "Column 2 has the name \"a\" of another one: it is called \"a_2\"." },
        { "a,a_2,a\n1,2,3\n", "Column 3 has the name \"a\" of another one: it is called \"a_3\"." },
        { "1,2\n3,4\n5,6\n", "The first line is taken for the names of the columns, but it looks like data" },
        { "a,b\n1,\n2,NA\n", "Column \"b\" has no values." },
        { "a,b\n1,7\n2,7\n", "Column \"b\" has one value only." },
        { "a,b\n1,x\n2,x\n", "Column \"b\" has one value only." },
        { "a;b\n1,5;x\n2,25;y\n", "Numbers are read with decimal commas." },
        { $"a,b\n{Rows}oops,1\n", "Column \"a\": 1 value that is not a finite number is read as missing: \"oops\" in line 152." },
        { $"a,b\n{Rows}inf,1\n", "\"inf\" in line 152" },
        { $"a,b\n{Rows}1e999,1\n", "\"1e999\" in line 152" },
        { "a\tb\n1,234\t1\n", "Numbers such as 1,234 may be thousands or fractions: they are read with decimal points" },
        { "a;b\n1,234;1\n", "Numbers such as 1,234 may be thousands or fractions: they are read with decimal commas" },
        { "a,b\n1/2/2024,1\n3/4/2024,2\n", "its dates do not show whether days or months come first" },
        { TableText.Column(Enumerable.Range(0, 30).Select(row => $"id{row}")), "--ignore x leaves it out" },
        { TableText.Column(Enumerable.Range(5, 30).Reverse().Select(row => $"{row}")), "--ignore x leaves it out" },
    };

    [Theory]
    [MemberData(nameof(Refused))]
    public void What_is_no_table_is_refused_with_a_reason(string content, string expected)
    {
        Action read = () => TableText.Read(content);
        read.Should().Throw<DataFileException>().WithMessage($"*{Escape(expected)}*").Which.Message.Should().EndWith(".");
    }

    [Theory]
    [MemberData(nameof(Noted))]
    public void What_is_odd_in_a_table_is_noted(string content, string expected) =>
        TableText.Read(content).Notes.Should().ContainMatch($"*{Escape(expected)}*");

    [Fact]
    public void A_missing_file_and_a_folder_are_refused()
    {
        using var folder = new TemporaryFolder();
        Reading(folder.File("none.csv")).Should().Throw<DataFileException>().WithMessage("*there is no such file*");
        Reading(folder.File("no/none.csv")).Should().Throw<DataFileException>().WithMessage("*there is no such file*");
        Reading(folder.Path).Should().Throw<DataFileException>().WithMessage("*it is a folder*");
    }

    [Fact]
    public void A_file_that_may_not_be_read_is_refused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess, "the superuser may read all files");
        using var folder = new TemporaryFolder();
        string path = folder.Write("secret.csv", "a\n1\n");
        if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(path, UnixFileMode.UserWrite);
        Reading(path).Should().Throw<DataFileException>().WithMessage("*it may not be read*");
    }

    [Fact]
    public void Random_bytes_are_refused()
    {
        var random = new Random(3);
        byte[] noise = [.. Enumerable.Range(0, 5000).Select(_ => (byte)random.Next(1, 256))];
        Action read = () => TableText.Read(noise);
        read.Should().Throw<DataFileException>().WithMessage("*it is not text.*");
    }

    [Fact]
    public void A_compressed_file_that_ends_early_is_refused()
    {
        byte[] whole = Compress($"a,b\n{Rows}");
        TableText.Read(whole).RowCount.Should().Be(150);
        foreach (int length in (int[])[10, 20, whole.Length / 2, whole.Length - 3])
        {
            Action read = () => TableText.Read(whole[..length]);
            read.Should().Throw<DataFileException>().WithMessage("*it is damaged*", $"{length} of {whole.Length} bytes");
        }
    }

    [Fact]
    public void Unknown_columns_are_refused_with_the_nearest_name()
    {
        Action ignore = () => TableText.Read("price,size\n1,2\n", new TableReadOptions { Ignore = ["prise"] });
        ignore.Should().Throw<DataFileException>().WithMessage("*no column \"prise\". Did you mean \"price\"? Its columns are price, size.");
        Action kinds = () => TableText.Read("price,size\n1,2\n", new TableReadOptions { Kinds = Kinds(("zzz", ColumnKind.Text)) });
        kinds.Should().Throw<DataFileException>().WithMessage("*no column \"zzz\". Its columns are price, size.");
        Action all = () => TableText.Read("price,size\n1,2\n", new TableReadOptions { Ignore = ["price", "size"] });
        all.Should().Throw<DataFileException>().WithMessage("*all of its columns are ignored*");
        Action known = () => TableText.Read("a,b\n1,2\n", new TableReadOptions { OnlyKnown = true, Kinds = Kinds(("x", ColumnKind.Number)) });
        known.Should().Throw<DataFileException>().WithMessage("*none of the columns x. Its columns are a, b.");
        Action separator = () => TableText.Read("a,b\n1,2\n", new TableReadOptions { Separator = '"' });
        separator.Should().Throw<DataFileException>().WithMessage("*cannot separate its fields*");
    }

    [Fact]
    public void Only_the_first_five_are_listed()
    {
        string rows = string.Concat(Enumerable.Range(0, 1000).Select(row => $"{row % 8},{(row % 100 == 50 ? "bad" : "1.5")}\n"));
        Table table = TableText.Read($"a,b\n{rows}{string.Concat(Enumerable.Repeat("1,2,3\n", 7))}");
        table.RowCount.Should().Be(1000);
        table.Notes.Should().Contain(note => note.StartsWith("7 lines are left out: line 1002 has 3 fields") && note.EndsWith("; …."));
        table.Notes.Should().Contain(note => note.StartsWith("Column \"b\": 10 values that are not finite numbers are read as missing") && note.EndsWith("\"bad\" in line 452, …."));
        table.Find("b")!.MissingCount.Should().Be(10);
    }

    internal static Dictionary<string, ColumnKind> Kinds(params (string Name, ColumnKind Kind)[] kinds) =>
        kinds.ToDictionary(kind => kind.Name, kind => kind.Kind);

    internal static byte[] Compress(string text)
    {
        using var content = new MemoryStream();
        using (var gzip = new GZipStream(content, CompressionLevel.Fastest)) gzip.Write(Encoding.UTF8.GetBytes(text));
        return content.ToArray();
    }

    private static Action Reading(string path) => () => TableReader.Read(path, new TableReadOptions());

    // WithMessage and ContainMatch take * and ? for wildcards; the texts have none but those of a question.
    private static string Escape(string text) => text.Replace("*", "\\*");
}
