using System.Globalization;

namespace Hpo.ParallelLauncher.Kubernetes;

/// <summary>Sets of indexes as a Job's status writes them: <c>0-3,5</c>.</summary>
internal static class IndexSet
{
    public static IReadOnlySet<int> Parse(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).SelectMany(Range).ToHashSet();

    private static IEnumerable<int> Range(string part)
    {
        int[] ends = [.. part.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }
}
