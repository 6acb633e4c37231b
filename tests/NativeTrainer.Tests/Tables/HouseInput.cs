using Hpo.NativeTrainer.Tables;
using Hpo.NativeTrainer.Tables.Training;
using Hpo.Tests;
using Microsoft.ML.Data;

namespace Hpo.NativeTrainer.Tests.Tables;

/// <summary>A row of <see cref="Houses"/> as a program with ML.NET alone hands it to a saved model.</summary>
internal sealed class HouseInput
{
    [ColumnName("size")]
    public float Size { get; set; }

    [ColumnName("rooms")]
    public float Rooms { get; set; }

    [ColumnName("city")]
    public string City { get; set; } = "";

    [ColumnName("garden")]
    public string Garden { get; set; } = "";

    [ColumnName("remarks")]
    public string Remarks { get; set; } = "";

    [ColumnName("sold.days")]
    public float SoldDays { get; set; }

    [ColumnName("sold.year")]
    public float SoldYear { get; set; }

    [ColumnName("sold.month")]
    public float SoldMonth { get; set; }

    [ColumnName("sold.day")]
    public float SoldDay { get; set; }

    [ColumnName("sold.weekday")]
    public float SoldWeekday { get; set; }

    [ColumnName("sold.hour")]
    public float SoldHour { get; set; }

    public static IEnumerable<HouseInput> Read(TablePlan plan)
    {
        var size = (NumberColumn)plan.Table.Find("size")!;
        var rooms = (NumberColumn)plan.Table.Find("rooms")!;
        var city = (CategoryColumn)plan.Table.Find("city")!;
        var garden = (CategoryColumn)plan.Table.Find("garden")!;
        var sold = (NumberColumn)plan.Table.Find("sold")!;
        var remarks = plan.Table.Find("remarks") as TextColumn;
        for (int row = 0; row < plan.Table.RowCount; row++)
        {
            DateTime date = DateTime.UnixEpoch.AddDays(sold.Values[row]);
            yield return new HouseInput
            {
                Size = (float)size.Values[row],
                Rooms = (float)rooms.Values[row],
                City = city.Codes[row] < 0 ? "" : city.Levels[city.Codes[row]],
                Garden = garden.Levels[garden.Codes[row]],
                Remarks = remarks?.Values[row] ?? "",
                SoldDays = (float)sold.Values[row],
                SoldYear = date.Year,
                SoldMonth = date.Month,
                SoldDay = date.Day,
                SoldWeekday = (float)date.DayOfWeek,
                SoldHour = (float)date.TimeOfDay.TotalHours,
            };
        }
    }
}
