using System.Globalization;

namespace Hpo.ParallelLauncher.Backends.Slurm;

/// <summary>Slurm's way of writing a time limit.</summary>
internal static class SlurmTime
{
    /// <summary>The seconds of a limit: minutes, minutes:seconds, hours:minutes:seconds, days-hours, days-hours:minutes or
    /// days-hours:minutes:seconds. Null where it is none of these, or has no limit.</summary>
    public static int? Seconds(string? text)
    {
        if (text is null) return null;
        string[] days = text.Split('-');
        if (days.Length > 2) return null;
        int[] parts = [.. days[^1].Split(':').Select(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : -1)];
        if (parts.Length > 3 || parts.Contains(-1)) return null;
        if (days.Length == 2)
        {
            if (!int.TryParse(days[0], NumberStyles.None, CultureInfo.InvariantCulture, out int day)) return null;
            return day * 86400 + parts[0] * 3600 + parts.ElementAtOrDefault(1) * 60 + parts.ElementAtOrDefault(2);
        }

        return parts switch
        {
            [var minutes] => minutes * 60,
            [var minutes, var seconds] => minutes * 60 + seconds,
            _ => parts[0] * 3600 + parts[1] * 60 + parts[2],
        };
    }
}
