using System.Globalization;
using Hpo.ParallelLauncher.Studies;

namespace Hpo.ParallelLauncher.Display;

/// <summary>Numbers and states as they are shown.</summary>
internal static class Texts
{
    public static string Value(double? value) => value?.ToString("G6", CultureInfo.InvariantCulture) ?? "–";

    public static string Seconds(TimeSpan time) =>
        time.TotalHours >= 1
            ? time.ToString(@"d\.hh\:mm\:ss", CultureInfo.InvariantCulture)
            : string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.0} s");

    /// <summary>One line such as "12 of 20 trials finished (11 complete, 1 pruned), 2 running, best 0.97".</summary>
    public static string Progress(StudySnapshot snapshot, int? total)
    {
        TrialCounts counts = snapshot.Counts;
        string of = total is { } all ? string.Create(CultureInfo.InvariantCulture, $" of {all}") : "";
        string failed = counts.Failed > 0 ? string.Create(CultureInfo.InvariantCulture, $", {counts.Failed} failed") : "";
        string best = snapshot.BestValue is { } value ? $", best {Value(value)}" : "";
        return string.Create(CultureInfo.InvariantCulture,
            $"{counts.Finished}{of} trials finished ({counts.Complete} complete, {counts.Pruned} pruned), {counts.Running} running{failed}{best}");
    }
}
