using System.Globalization;

namespace Hpo.Benchmarks;

/// <summary>What the columns of a file are.</summary>
internal enum TableShape
{
    /// <summary>Whole numbers and decimals, missing values, categories, a boolean and a date.</summary>
    Mixed,

    /// <summary>Whole numbers and decimals only.</summary>
    Numeric,
}

/// <summary>Writes a seeded CSV file of twenty columns.</summary>
internal static class TableFileWriter
{
    private static readonly string[] Cities = ["Aarhus", "Odense", "Lund", "Skive", "New York", "Graz", "Bergen", "Kiel"];

    public static void Write(string path, TableShape shape, int rows)
    {
        var random = new Random(0);
        using var writer = new StreamWriter(path);
        writer.WriteLine(string.Join(',', Enumerable.Range(1, 20).Select(column => $"column{column}")));
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < 20; column++)
            {
                if (column > 0) writer.Write(',');
                if (shape == TableShape.Numeric) WriteNumber(writer, column, random);
                else WriteMixed(writer, column, random);
            }
            writer.WriteLine();
        }
    }

    private static void WriteMixed(StreamWriter writer, int column, Random random)
    {
        if (random.Next(100) == 0) writer.Write(column % 2 == 0 ? "" : "NA");
        else if (column < 14) WriteNumber(writer, column, random);
        else if (column < 17) writer.Write(Cities[random.Next(Cities.Length)]);
        else if (column == 17) writer.Write(string.Create(CultureInfo.InvariantCulture, $"code {random.Next(500)}"));
        else if (column == 18) writer.Write(random.Next(2) == 0 ? "yes" : "no");
        else writer.Write(string.Create(CultureInfo.InvariantCulture, $"{new DateTime(2020, 1, 1).AddDays(random.Next(1500)):yyyy-MM-dd}"));
    }

    private static void WriteNumber(StreamWriter writer, int column, Random random)
    {
        if (column % 4 == 0) writer.Write(random.Next(100_000));
        else if (column % 7 == 3) writer.Write(random.NextDouble().ToString(CultureInfo.InvariantCulture));
        else writer.Write((random.NextDouble() * 1000 - 500).ToString(column % 2 == 0 ? "F2" : "F5", CultureInfo.InvariantCulture));
    }
}
