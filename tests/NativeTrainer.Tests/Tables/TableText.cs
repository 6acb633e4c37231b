using System.Text;
using Hpo.NativeTrainer.Tables;
using Hpo.Tests;

namespace Hpo.NativeTrainer.Tests.Tables;

/// <summary>Reads tables from texts and bytes.</summary>
internal static class TableText
{
    public static Table Read(string text, TableReadOptions? options = null, string name = "table.csv") =>
        Read(Encoding.UTF8.GetBytes(text), options, name);

    public static Table Read(byte[] content, TableReadOptions? options = null, string name = "table.csv")
    {
        using var folder = new TemporaryFolder();
        string path = folder.File(name);
        File.WriteAllBytes(path, content);
        return TableReader.Read(path, options ?? new TableReadOptions());
    }

    public static double[] Numbers(this Table table, string name) => table.Find(name).Should().BeOfType<NumberColumn>().Subject.Values;

    public static CategoryColumn Categories(this Table table, string name) =>
        table.Find(name).Should().BeOfType<CategoryColumn>().Subject;

    /// <summary>The text of each row of a column of categories or texts.</summary>
    public static string?[] Texts(this Table table, string name) => table.Find(name) switch
    {
        CategoryColumn column => [.. column.Codes.Select(code => code < 0 ? null : column.Levels[code])],
        TextColumn column => column.Values,
        var other => throw new InvalidOperationException($"{name} is a {other?.Kind}."),
    };

    /// <summary>A column named x with a header and a value on each line.</summary>
    public static string Column(IEnumerable<string> values) => $"x,row\n{string.Concat(values.Select((value, row) => $"{value},{row % 7}\n"))}";
}
