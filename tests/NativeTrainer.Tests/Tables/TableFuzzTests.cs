using System.Text;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Tables;
using Hpo.Tests;

namespace Hpo.NativeTrainer.Tests.Tables;

/// <summary>Good files of which some bytes are changed: they are read with every line accounted for, or refused.</summary>
public class TableFuzzTests
{
    private const int Rounds = 400;

    private static readonly byte[] Interesting = [.. "\"\"\"\",,;\n\r\t 0-.eNA"u8, 0, 0xff, 0xc3, 0xe2];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void Changed_bytes_are_read_or_refused(int seed)
    {
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        string path = folder.File("table.csv");
        int read = 0;
        for (int round = 0; round < Rounds; round++)
        {
            byte[] content = Mutate(GoodTable(random), random);
            File.WriteAllBytes(path, content);
            try
            {
                Table table = TableReader.Read(path, new TableReadOptions { Separator = ',' });
                table.Columns.Should().OnlyContain(column => column.Count == table.RowCount);
                read++;
            }
            catch (DataFileException exception)
            {
                exception.Message.Should().StartWith(path);
            }
        }
        read.Should().BeGreaterThan(Rounds / 4, "most changes leave a table");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Every_line_is_a_row_or_told(int seed)
    {
        var random = new Random(seed);
        for (int round = 0; round < Rounds; round++)
        {
            // Without quotes a line is a row: what is left out and what is read are all lines below the header.
            byte[] content = [.. Mutate(GoodTable(random), random).Where(value => value is not ((byte)'"' or 0))];
            using var folder = new TemporaryFolder();
            string path = folder.File("table.csv");
            File.WriteAllBytes(path, content);
            Table table;
            try
            {
                table = TableReader.Read(path, new TableReadOptions { Separator = ',' });
            }
            catch (DataFileException)
            {
                continue;
            }
            LinesOf(content).Should().Be(1 + table.RowCount + LeftOut(table, "blank lines? (is|are)") + LeftOut(table, "lines? (is|are)"));
        }
    }

    [Fact]
    public async Task Changed_Parquet_files_are_read_or_refused()
    {
        var random = new Random(4);
        byte[] good = await ParquetTableTests.Write();
        using var folder = new TemporaryFolder();
        string path = folder.File("table.parquet");
        for (int round = 0; round < Rounds; round++)
        {
            byte[] content = [.. good];
            for (int change = 0; change < 3; change++) content[4 + random.Next(content.Length - 8)] = (byte)random.Next(256);
            File.WriteAllBytes(path, content);
            Action reading = () => TableReader.Read(path, new TableReadOptions());
            try
            {
                reading();
            }
            catch (DataFileException exception)
            {
                exception.Message.Should().StartWith(path);
            }
        }
    }

    private static byte[] GoodTable(Random random)
    {
        var text = new StringBuilder("id,price,city,\"is sold\",day\n");
        int rows = 1 + random.Next(300);
        for (int row = 0; row < rows; row++)
            text.Append($"{row},{random.Next(1000)}.25,\"Aarhus {row % 7}\",{(row % 3 == 0 ? "yes" : "no")},2024-01-{row % 28 + 1}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    private static byte[] Mutate(byte[] content, Random random)
    {
        List<byte> changed = [.. content];
        int changes = random.Next(4);
        for (int change = 0; change < changes && changed.Count > 1; change++)
        {
            int place = random.Next(changed.Count);
            byte value = random.Next(2) == 0 ? Interesting[random.Next(Interesting.Length)] : (byte)random.Next(1, 256);
            switch (random.Next(4))
            {
                case 0: changed[place] = value; break;
                case 1: changed.Insert(place, value); break;
                case 2: changed.RemoveAt(place); break;
                default: changed.RemoveRange(place, Math.Min(random.Next(40), changed.Count - place)); break;
            }
        }
        return [.. changed];
    }

    private static int LinesOf(byte[] content)
    {
        string text = Encoding.Latin1.GetString(content).Replace("\r\n", "\n").Replace('\r', '\n');
        return text.Count(character => character == '\n') + (text.EndsWith('\n') ? 0 : 1);
    }

    private static int LeftOut(Table table, string lines) => table.Notes
        .Select(note => System.Text.RegularExpressions.Regex.Match(note, $@"^(\d+) {lines} left out"))
        .Where(match => match.Success).Sum(match => int.Parse(match.Groups[1].Value));
}
