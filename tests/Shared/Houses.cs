using System.Globalization;
using System.Text;
using Hpo.NativeTrainer.Data;

namespace Hpo.Tests;

/// <summary>A table of houses with columns of every kind and missing values, whose price and class depend on them.</summary>
internal static class Houses
{
    private static readonly string[] Cities = ["Aarhus", "Billund", "Esbjerg", "Odense", "Ribe"];
    private static readonly string[] Views = ["a view of the sea", "a quiet garden", "the old town", "a busy road"];

    /// <summary>Writes so many houses: size, rooms, city, garden, sold, remarks, price, luxury (yes or no), grade (of three).</summary>
    public static string Csv(int rows, ulong seed = 1)
    {
        var random = new SeededRandom(seed);
        var text = new StringBuilder("size,rooms,city,garden,sold,remarks,price,luxury,grade\n");
        for (int row = 0; row < rows; row++)
        {
            double size = 40 + 160 * random.NextDouble();
            int rooms = 1 + random.Next(6);
            int city = random.Next(Cities.Length);
            bool garden = random.Next(2) == 0;
            DateTime sold = new DateTime(2015, 1, 1).AddDays(random.Next(3000));
            int view = random.Next(Views.Length);
            double price = 1000 * (20 + size + 10 * rooms + 25 * city + (garden ? 30 : 0) + 4 * (sold.Year - 2015) + 15 * view)
                + 4000 * (random.NextDouble() - 0.5);
            string grade = price < 200_000 ? "low" : price < 270_000 ? "middle" : "high";
            string known = random.Next(10) == 0 ? "" : size.ToString("F1", CultureInfo.InvariantCulture);
            string place = random.Next(20) == 0 ? "NA" : Cities[city];
            text.Append(CultureInfo.InvariantCulture,
                $"{known},{rooms},{place},{(garden ? "yes" : "no")},{sold:yyyy-MM-dd},It has {Views[view]} and {rooms} rooms number {row % 97},{price:F0},{(price > 235_000 ? "yes" : "no")},{grade}\n");
        }

        return text.ToString();
    }
}
