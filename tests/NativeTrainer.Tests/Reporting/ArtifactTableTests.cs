using System.Text;
using Hpo.Interop.Reporting.Dashboard.Artifacts;

namespace Hpo.NativeTrainer.Tests.Reporting;

/// <summary>The tables among the artifacts: what the dashboard shows of files that trials wrote.</summary>
public sealed class ArtifactTableTests
{
    [Theory]
    [InlineData("epoch,loss\n1,0.5\n2,nan\n", "epoch|loss", "1|0.5", "2|nan")]
    [InlineData("\ufeffname;value\r\n\"a;\"\"b\"\"\";1,5\r\n\r\n\"two\nlines\";\r\n", "name|value", "a;\"b\"|1,5", "two\nlines|")]
    [InlineData("a\tb\n1\t2", "a|b", "1|2")]
    [InlineData("a,b\n1\n1,2,3\n", "a|b|", "1", "1|2|3")]
    [InlineData("only,names\n", "only|names")]
    [InlineData("a,a\n\"open,1\n2,3\n", "a|a", "open,1\n2,3\n")]
    [InlineData("\"loss; train\",\"loss; test\"\n1,2\n", "loss; train|loss; test", "1|2")]
    [InlineData("")]
    [InlineData("\n\n")]
    public void Fields_in_lines_are_rows(string text, params string[] lines)
    {
        ArtifactTable table = Read(text, "log.csv");
        table.IsWhole.Should().BeTrue();
        IEnumerable<string> read = [string.Join('|', table.Columns), .. table.Rows.Select(row => string.Join('|', row))];
        read.Should().Equal(lines.Length == 0 ? [""] : lines);
    }

    [Fact]
    public void A_file_that_is_named_so_has_tabs() =>
        Read("layers [64,32,16]\tloss\n1\t2\n", "log.tsv").Columns.Should().Equal("layers [64,32,16]", "loss");

    [Fact]
    public void A_row_that_is_cut_off_within_quotes_is_none()
    {
        string row = $"\"{new string('x', 1_000)}\n{new string('y', 2_000)}\",1\n";
        ArtifactTable table = Read(string.Concat(Enumerable.Repeat(row, 400)), "log.csv");
        table.IsWhole.Should().BeFalse();
        table.Rows.Should().HaveCountGreaterThan(300).And.OnlyContain(cells => cells.Count == 2 && cells[0]!.Length == 3_001);
    }

    [Fact]
    public void Lines_of_JSON_are_rows_with_a_column_for_each_member()
    {
        ArtifactTable table = Read(
            """
            {"step": 1, "loss": NaN, "tags": ["a", {"b": null}]}

            {"loss": 1e-3, "text": "x \u00fc", "step": 2.50, "tags": null}
            7
            """, "log.jsonl");
        table.Columns.Should().Equal("step", "loss", "tags", "text", "");
        table.Rows.Select(row => string.Join('|', row.Select(cell => cell ?? "∅"))).Should().Equal(
            "1|NaN|[\"a\", {\"b\": null}]", "2.5|0.001|∅|x ü", "∅|∅|∅|∅|7");
        table.IsWhole.Should().BeTrue();
    }

    [Fact]
    public void Only_a_line_feed_ends_a_line_of_JSON() =>
        Read("{\"a\": \"x\u2028y\u0085\"}\r\n{\"a\": null}", "log.jsonl").Rows.Should().BeEquivalentTo(new string?[][] { ["x\u2028y\u0085"], [null] });

    [Fact]
    public void A_line_that_is_no_JSON_is_named() =>
        FluentActions.Invoking(() => Read("{}\n\n{'a': 1}\n", "log.jsonl")).Should().Throw<FormatException>()
            .WithMessage("Line 3 is no JSON*");

    [Theory]
    [InlineData("log.csv", "n\n", "{0},x\n")]
    [InlineData("log.jsonl", "", "{{\"n\": {0}}}\n")]
    public void Of_many_rows_the_first_thousand_are_read(string name, string header, string row)
    {
        ArtifactTable table = Read(header + Rows(1000), name);
        (table.Rows.Count, table.IsWhole).Should().Be((1000, true));
        table = Read(header + Rows(1001), name);
        (table.Rows.Count, table.IsWhole).Should().Be((1000, false));
        table.Rows[^1][0].Should().Be("999");

        string Rows(int count) => string.Concat(Enumerable.Range(0, count).Select(i => string.Format(System.Globalization.CultureInfo.InvariantCulture, row, i)));
    }

    [Theory]
    [InlineData("log.csv")]
    [InlineData("log.jsonl")]
    public void Of_long_rows_those_of_the_first_mebibyte_are_read_whole(string name)
    {
        string value = new('x', 3_000), line = name.EndsWith("csv", StringComparison.Ordinal) ? $"{value}\n" : $"\"{value}\"\n";
        ArtifactTable table = Read(string.Concat(Enumerable.Repeat(line, 400)), name);
        table.IsWhole.Should().BeFalse();
        table.Rows.Should().HaveCountGreaterThan(300).And.OnlyContain(row => row.Single() == value);
    }

    [Theory]
    [InlineData("log.csv")]
    [InlineData("log.jsonl")]
    public void Of_many_columns_the_first_hundred_are_read(string name)
    {
        string csv = string.Join(',', Enumerable.Range(0, 101)), json = $"{{{string.Join(',', Enumerable.Range(0, 101).Select(i => $"\"{i}\":{i}"))}}}";
        ArtifactTable table = Read(name.EndsWith("csv", StringComparison.Ordinal) ? $"{csv}\n{csv}\n" : json, name);
        table.Columns.Should().HaveCount(100);
        table.Rows.Should().ContainSingle().Which.Should().HaveCount(100);
        table.IsWhole.Should().BeFalse();
    }

    [Theory]
    [InlineData("metrics.CSV", "application/octet-stream", true)]
    [InlineData("metrics", "text/csv", true)]
    [InlineData("metrics.ndjson", "", true)]
    [InlineData("metrics.json", "application/json", false)]
    [InlineData("csv", "text/plain", false)]
    public void A_table_has_the_name_or_the_type_of_one(string name, string type, bool isOne) => ArtifactTable.Is(name, type).Should().Be(isOne);

    private static ArtifactTable Read(string text, string name) => ArtifactTable.Read(new MemoryStream(Encoding.UTF8.GetBytes(text)), name);
}
