using System.Text;
using Hpo.NativeTrainer.Tables;

namespace Hpo.NativeTrainer.Tests.Tables;

public class CsvReadingTests
{
    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Separators_are_inferred(char separator)
    {
        string text = "a,b,c\n1,2.5,\"x, y; z | \t\"\n3,4.5,w\n".Replace(",", $"{separator}").Replace($"x{separator} y", "x, y");
        Table table = TableText.Read(text);
        table.Numbers("b").Should().Equal(2.5, 4.5);
        table.Texts("c").Should().Equal("x, y; z | \t", "w");
        table.Notes.Should().BeEmpty();
    }

    [Fact]
    public void A_given_separator_wins()
    {
        Table table = TableText.Read("a,b c\n1,2 3\n", new TableReadOptions { Separator = ' ' });
        table.Columns.Select(column => column.Name).Should().Equal("a,b", "c");
    }

    [Fact]
    public void A_line_of_Excel_names_the_separator()
    {
        Table table = TableText.Read("sep=|\r\na,b|c\r\n1,5|2\r\n");
        table.Columns.Select(column => column.Name).Should().Equal("a,b", "c");
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Lines_end_in_any_way(string newline)
    {
        foreach (string end in (string[])["", newline])
        {
            Table table = TableText.Read($"a,b{newline}1,x{newline}2,y{newline}3,\"\"\"{newline}\"{end}");
            table.Numbers("a").Should().Equal(1, 2, 3);
            table.Texts("b").Should().Equal("x", "y", $"\"{newline}");
        }
    }

    [Fact]
    public void Space_around_fields_is_no_part_of_them_but_within_quotes_it_is()
    {
        Table table = TableText.Read("  a , \" b\"\n 1 , x \n 2 ,\" x \"\n");
        table.Numbers("a").Should().Equal(1, 2);
        table.Texts(" b").Should().Equal("x", " x ");
    }

    [Fact]
    public void Quotes_within_a_field_are_kept()
    {
        Table table = TableText.Read("a,b\n5\" pipe,1\n6\"x\"y,2\n7,3,4\n8\",3\n9,4\n");
        table.Texts("a").Should().Equal("5\" pipe", "6\"x\"y", "8\"", "9");
        table.Notes.Should().Equal("1 line is left out: line 4 has 3 fields where the header has 2.");
    }

    [Theory]
    [InlineData("utf-8", true)]
    [InlineData("utf-8", false)]
    [InlineData("utf-16", true)]
    [InlineData("utf-16BE", true)]
    public void Unicode_is_read_with_its_mark(string name, bool hasMark)
    {
        var encoding = Encoding.GetEncoding(name);
        byte[] content = [.. hasMark ? encoding.GetPreamble() : [], .. encoding.GetBytes("größe,город\n1,Ökö\n2,🚀\n")];
        Table table = TableText.Read(content);
        table.Numbers("größe").Should().Equal(1, 2);
        table.Texts("город").Should().Equal("Ökö", "🚀");
        table.Notes.Should().BeEmpty();
    }

    [Fact]
    public void What_is_not_UTF8_is_read_as_Windows_1252()
    {
        Table table = TableText.Read(Encoding.Latin1.GetBytes("größe,b\n1,\u0080 äöü\n"));
        table.Texts("b").Should().Equal("€ äöü");
        table.Notes[0].Should().Contain("Windows-1252");
    }

    [Fact]
    public void Characters_are_whole_across_the_pieces_that_are_read()
    {
        string text = $"a,b\n{string.Concat(Enumerable.Range(0, 60_000).Select(row => $"{row % 5},é{(row % 3 == 0 ? "🚀" : "x")}\n"))}";
        Table table = TableText.Read(text);
        table.Categories("b").Levels.Should().Equal("éx", "é🚀");
        table.Notes.Should().BeEmpty();
    }

    [Fact]
    public void A_compressed_file_is_read()
    {
        Table table = TableText.Read(BadTableTests.Compress("a,b\n1,x\n"), name: "table.csv.gz");
        table.Numbers("a").Should().Equal(1);
    }

    [Fact]
    public void One_column_is_a_table() => TableText.Read("a\n1\n2\n").Numbers("a").Should().Equal(1, 2);

    [Fact]
    public void Wide_tables_are_read()
    {
        string header = string.Join(',', Enumerable.Range(0, 3000).Select(column => $"c{column}"));
        string row = string.Join(',', Enumerable.Range(0, 3000));
        TableText.Read($"{header}\n{row}\n").Numbers("c2999").Should().Equal(2999);
    }

    [Fact]
    public void Ignored_columns_are_not_read()
    {
        Table table = TableText.Read("a,b,c\n1,2,3\n", new TableReadOptions { Ignore = ["b"] });
        table.Columns.Select(column => column.Name).Should().Equal("a", "c");
    }

    [Fact]
    public void Only_known_columns_are_read_in_any_order()
    {
        var options = new TableReadOptions
        {
            OnlyKnown = true,
            Kinds = BadTableTests.Kinds(("a", ColumnKind.Category), ("c", ColumnKind.Number), ("gone", ColumnKind.Text)),
        };
        Table table = TableText.Read("c,b,a\n1,x,7\n2,y,08\n", options);
        table.Columns.Select(column => column.Name).Should().Equal("c", "a");
        table.Texts("a").Should().Equal("7", "08");
        table.Notes.Should().BeEmpty();
    }

    /// <summary>What is quoted is read back as it was written, whatever it holds.</summary>
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void What_is_written_with_quotes_is_read_back(int seed)
    {
        var random = new Random(seed);
        const string Characters = "ab \",;|\t\r\n'é\u4e2d#=1.0-";
        string Field() => "z" + string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => Characters[random.Next(Characters.Length)]));
        string[][] rows = [.. Enumerable.Range(0, 300).Select(_ => (string[])[Field(), Field(), Field()])];
        foreach (char separator in ",;\t|")
        {
            var text = new StringBuilder($"a{separator}b{separator}c\n");
            foreach (string[] row in rows)
                text.AppendJoin(separator, row.Select(field => $"\"{field.Replace("\"", "\"\"")}\"")).Append("\r\n");
            Table table = TableText.Read(text.ToString(), new TableReadOptions { Separator = separator });
            for (int column = 0; column < 3; column++)
                table.Texts("abc"[column].ToString()).Should().Equal(rows.Select(row => row[column]));
            table.Notes.Should().NotContain(note => note.Contains("left out"));
        }
    }

    [Fact]
    public void A_table_that_its_kinds_are_known_of_is_read_alike()
    {
        const string Text = "n,b,c,d,t\n1.5,yes,x,2024-02-01,a b c d\n?,no,y,,\n";
        Table first = TableText.Read(Text);
        var kinds = first.Columns.ToDictionary(column => column.Name, column => column.Kind);
        Table second = TableText.Read(Text, new TableReadOptions { OnlyKnown = true, Kinds = kinds });
        second.Columns.Should().BeEquivalentTo(first.Columns, options => options.RespectingRuntimeTypes());
    }
}
