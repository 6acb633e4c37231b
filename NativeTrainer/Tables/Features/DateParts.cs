namespace Hpo.NativeTrainer.Tables.Features;

/// <summary>The numbers that a date becomes.</summary>
internal static class DateParts
{
    private static readonly (string Name, Func<DateTime, double> Of)[] Parts =
    [
        ("days", date => (date - DateTime.UnixEpoch).TotalDays),
        ("year", date => date.Year),
        ("month", date => date.Month),
        ("day", date => date.Day),
        ("weekday", date => (double)date.DayOfWeek),
        ("hour", date => date.TimeOfDay.TotalHours),
    ];

    /// <summary>The names of a date's numbers.</summary>
    public static IEnumerable<string> Names(string column) => Parts.Select(part => Name(column, part.Name));

    public static IEnumerable<RawColumn> Of(NumberColumn dates) => Parts.Select(part => new RawColumn(
        Name(dates.Name, part.Name),
        row => double.IsNaN(dates.Values[row]) ? float.NaN : (float)part.Of(DateTime.UnixEpoch.AddDays(dates.Values[row])),
        null));

    private static string Name(string column, string part) => $"{column}.{part}";
}
