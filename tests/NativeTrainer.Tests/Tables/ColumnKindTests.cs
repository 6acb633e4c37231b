using Hpo.NativeTrainer.Tables;

namespace Hpo.NativeTrainer.Tests.Tables;

public class ColumnKindTests
{
    [Theory]
    [InlineData("1.5", 1.5)]
    [InlineData("-1.5e-3", -0.0015)]
    [InlineData("+7", 7)]
    [InlineData(".5", 0.5)]
    [InlineData("5.", 5)]
    [InlineData("1,234", 1234)]
    [InlineData("1,234,567.5", 1234567.5)]
    [InlineData("1 234", 1234)]
    [InlineData("1'234'567", 1234567)]
    [InlineData("\u22125", -5)]
    [InlineData("0.1234567890123456789", 0.1234567890123456789)]
    [InlineData("123456789012345678901234567890", 123456789012345678901234567890.0)]
    [InlineData("00012", 12)]
    public void Numbers_are_read(string text, double expected) =>
        TableText.Read($"x,y\n\"{text}\",1\n2.5,2\n").Numbers("x").Should().Equal(expected, 2.5);

    [Theory]
    [InlineData("1,5", 1.5)]
    [InlineData("1.234", 1234)]
    [InlineData("1.234,5", 1234.5)]
    [InlineData("-12", -12)]
    public void Decimal_commas_are_inferred(string text, double expected) =>
        TableText.Read($"x;y\n{text};1\n0,25;2\n").Numbers("x").Should().Equal(expected, 0.25);

    [Theory]
    [InlineData("x;y\n1.234;2\n", null, 1.234)]
    [InlineData("x;y\n1,234;2\n", null, 1.234)]
    [InlineData("x\ty\n1,234\t2\n", null, 1234)]
    [InlineData("x\ty\n1,234\t2\n", ',', 1.234)]
    [InlineData("x;y\n1.234;2\n", ',', 1234)]
    [InlineData("x,y\n\"1,5\",2\n", null, 1.5)]
    public void A_lone_mark_is_a_fraction_or_a_thousand(string text, char? given, double expected) =>
        TableText.Read(text, new TableReadOptions { Decimal = given }).Numbers("x").Should().Equal(expected);

    [Theory]
    [InlineData("1-2")]
    [InlineData("1.2.3")]
    [InlineData("12,34,5")]
    [InlineData("0x1f")]
    [InlineData("5 %")]
    [InlineData("e5")]
    [InlineData("-")]
    public void Other_texts_are_no_numbers(string text) =>
        TableText.Read($"x,y\n\"{text}\",1\n\"{text}\",2\n").Find("x")!.Kind.Should().Be(ColumnKind.Category);

    [Fact]
    public void Doubles_are_read_as_NET_reads_them()
    {
        var random = new Random(5);
        string[] texts =
        [
            .. Enumerable.Range(0, 20_000).Select(_ => random.NextDouble().ToString("R")),
            .. Enumerable.Range(0, 20_000).Select(_ => (random.NextInt64() / Math.Pow(10, random.Next(19))).ToString("F6")),
            .. Enumerable.Range(0, 20_000).Select(_ => $"{random.NextInt64()}".Insert(1 + random.Next(15), ".")),
            .. Enumerable.Range(0, 20_000).Select(_ => BitConverter.Int64BitsToDouble(random.NextInt64()).ToString("R")).Where(text => text != "NaN"),
        ];
        double[] values = TableText.Read(TableText.Column(texts)).Numbers("x");
        values.Should().Equal(texts.Select(double.Parse));
    }

    [Fact]
    public void Missing_values_are_missing()
    {
        string[] words = ["", "NA", "N/A", "n/a", "<NA>", "#N/A", "NaN", "nan", "NaT", "null", "NULL", "None", "?", "#DIV/0!", " NA ", "\"\"", "\"NA\""];
        Table numbers = TableText.Read(TableText.Column([.. words, "1", "2"]));
        numbers.Find("x")!.MissingCount.Should().Be(words.Length);
        numbers.Numbers("x")[^1].Should().Be(2);
        TableText.Read(TableText.Column([.. words, "a", "b"])).Categories("x").Levels.Should().Equal("a", "b");
    }

    [Theory]
    [InlineData("true", "false")]
    [InlineData("Yes", "No")]
    [InlineData("y", "n")]
    [InlineData("T", "F")]
    public void Words_for_yes_and_no_are_booleans(string yes, string no)
    {
        CategoryColumn column = TableText.Read(TableText.Column([yes, no, "", yes])).Categories("x");
        column.Kind.Should().Be(ColumnKind.Boolean);
        column.Levels.Should().Equal(no, yes);
        column.Codes.Should().Equal(1, 0, -1, 1);
        TableText.Read(TableText.Column([yes, yes])).Categories("x").Levels.Should().Equal(yes);
    }

    [Fact]
    public void Zero_and_one_are_numbers_unless_they_are_given_as_booleans()
    {
        TableText.Read(TableText.Column(["0", "1"])).Find("x")!.Kind.Should().Be(ColumnKind.Number);
        Table table = Read(ColumnKind.Boolean, "1", "0", "yes", "maybe");
        table.Categories("x").Codes.Should().Equal(1, 0, 1, -1);
        table.Notes.Should().ContainSingle().Which.Should().Contain("1 value that is not yes or no is read as missing: \"maybe\" in line 5");
    }

    [Theory]
    [InlineData("2024-02-29", 19782)]
    [InlineData("1970-01-01T12:00:00Z", 0.5)]
    [InlineData("1970-01-02 00:00:00.5", 1.0000057870370370)]
    [InlineData("1970-01-01T12:00+06:00", 0.25)]
    [InlineData("1970-01-01 12:00:00 UTC", 0.5)]
    [InlineData("1969/12/31", -1)]
    [InlineData("2.1.1970", 1)]
    [InlineData("1/13/1970", 12)]
    public void Dates_are_days(string text, double expected)
    {
        NumberColumn column = TableText.Read($"x,y\n{text},1\n{text},2\n").Find("x").Should().BeOfType<NumberColumn>().Subject;
        column.Kind.Should().Be(ColumnKind.Date);
        column.Values[0].Should().BeApproximately(expected, 1e-9);
    }

    [Theory]
    [InlineData("2024-02-30")]
    [InlineData("31.13.2024")]
    [InlineData("2024-1-1T25:00")]
    [InlineData("24-01-01")]
    [InlineData("2024-01-01X")]
    public void What_is_on_no_calendar_is_no_date(string text) =>
        TableText.Read($"x,y\n{text},1\n{text},2\n").Find("x")!.Kind.Should().Be(ColumnKind.Category);

    [Fact]
    public void One_date_shows_the_order_of_all_others()
    {
        string[] dates = [.. Enumerable.Repeat("2/1/1970", 1500), "13/1/1970"];
        TableText.Read(TableText.Column(dates)).Numbers("x")[0].Should().Be(1);
        string[] american = [.. Enumerable.Repeat("2/1/1970", 1500), "1/13/1970"];
        TableText.Read(TableText.Column(american)).Numbers("x")[0].Should().Be(31);
    }

    [Fact]
    public void A_given_date_is_read_month_first_where_nothing_shows_it()
    {
        Table table = Read(ColumnKind.Date, "2/1/1970", "soon");
        table.Numbers("x").Should().Equal(31, double.NaN);
        table.Notes.Should().HaveCount(2).And.Contain(note => note.Contains("\"soon\" in line 3"));
    }

    [Fact]
    public void Words_make_texts_and_repetitions_make_categories()
    {
        string[] sentences = [.. Enumerable.Range(0, 60).Select(row => $"the room number {row} was clean")];
        TableText.Read(TableText.Column(sentences)).Find("x")!.Kind.Should().Be(ColumnKind.Text);
        string[] answers = [.. Enumerable.Range(0, 60).Select(row => $"I agree {(row % 3 == 0 ? "very" : "not")} much")];
        TableText.Read(TableText.Column(answers)).Find("x")!.Kind.Should().Be(ColumnKind.Category);
        string[] words = [.. Enumerable.Range(0, 60).Select(row => $"word{row}")];
        TableText.Read(TableText.Column(words)).Find("x")!.Kind.Should().Be(ColumnKind.Category);
    }

    [Fact]
    public void A_given_kind_wins()
    {
        Read(ColumnKind.Category, "007", "7", "7.0").Texts("x").Should().Equal("007", "7", "7.0");
        Read(ColumnKind.Text, "007", "NA").Find("x").Should().BeOfType<TextColumn>().Which.Values.Should().Equal("007", null);
        Table numbers = Read(ColumnKind.Number, "a", "b", "3");
        numbers.Numbers("x").Should().Equal(double.NaN, double.NaN, 3);
        numbers.Notes.Should().ContainSingle().Which.Should().Contain("2 values that are not finite numbers are read as missing").And.Contain("\"b\" in line 3");
    }

    [Fact]
    public void Levels_are_in_ordinal_order()
    {
        CategoryColumn column = TableText.Read(TableText.Column(["b", "a", "B", "a"])).Categories("x");
        column.Levels.Should().Equal("B", "a", "b");
        column.Codes.Should().Equal(2, 1, 0, 1);
    }

    /// <summary>Whatever comes first, a column of a few thousand rows is of the kind that all of them show.</summary>
    [Theory]
    [InlineData("1.5", 2500, "oops", 20, "Number")]
    [InlineData("1.5", 2500, "oops", 40, "Category")]
    [InlineData("2024-01-31", 2500, "oops", 20, "Date")]
    [InlineData("2024-01-31", 2500, "oops", 40, "Category")]
    [InlineData("yes", 2500, "maybe", 1, "Category")]
    [InlineData("1/2/2024", 2500, "1/31/2024", 1, "Date")]
    [InlineData("1.5", 1300, "2024-01-31", 1300, "Category")]
    public void Kinds_do_not_depend_on_the_order_of_rows(string first, int count, string second, int others, string expected)
    {
        string[] values = [.. Enumerable.Repeat(first, count), .. Enumerable.Repeat(second, others)];
        double[] places = [.. new Random(1).GetItems(Enumerable.Range(0, 1000).ToArray(), values.Length).Select(place => (double)place)];
        string[] shuffled = [.. values];
        Array.Sort(places, shuffled);
        Table[] tables = [.. new[] { values, [.. values.Reverse()], shuffled }.Select(rows => TableText.Read(TableText.Column(rows)))];
        tables.Should().OnlyContain(table => $"{table.Find("x")!.Kind}" == expected);
        tables.Select(table => table.Find("x")!.MissingCount).Distinct().Should().ContainSingle();
    }

    [Fact]
    public void Decimal_marks_do_not_depend_on_the_order_of_rows()
    {
        string[] values = [.. Enumerable.Repeat("1.234", 1500), .. Enumerable.Repeat("1,5", 10)];
        foreach (string[] rows in (string[][])[values, [.. values.Reverse()]])
        {
            Table table = TableText.Read(TableText.Column(rows).Replace(',', ';').Replace("1;5", "1,5"));
            table.Numbers("x").Order().Should().Equal(values.Reverse().Select(value => value == "1,5" ? 1.5 : 1234));
        }
    }

    private static Table Read(ColumnKind kind, params string[] values) =>
        TableText.Read(TableText.Column(values), new TableReadOptions { Kinds = BadTableTests.Kinds(("x", kind)) });
}
