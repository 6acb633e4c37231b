using System.Globalization;

namespace Hpo.ParallelLauncher.Plan;

/// <summary>Divides the machine's cores among the workers.</summary>
internal static class Cores
{
    /// <summary>How many threads a worker gets: the cores are dealt out like cards, and each worker gets at least one.</summary>
    public static int Threads(int cores, int workers, int index) =>
        Math.Max(1, cores / workers + (index < cores % workers ? 1 : 0));

    /// <summary>The CPUs of a worker, as taskset lists them: neighbours, and shared only where there are too few.</summary>
    public static string CpuList(IReadOnlyList<int> cpus, int workers, int index)
    {
        if (cpus.Count < workers) return cpus[index % cpus.Count].ToString(CultureInfo.InvariantCulture);
        int first = Enumerable.Range(0, index).Sum(other => Threads(cpus.Count, workers, other));
        return string.Join(',', cpus.Skip(first).Take(Threads(cpus.Count, workers, index)));
    }

    /// <summary>The CPUs that this process may use, or none where the system does not tell.</summary>
    public static IReadOnlyList<int> Allowed()
    {
        try
        {
            const string Field = "Cpus_allowed_list:";
            string? line = File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith(Field, StringComparison.Ordinal));
            return line is null ? [] : [.. line[Field.Length..].Trim().Split(',').SelectMany(Range)];
        }
        catch (Exception error) when (FileErrors.Is(error))
        {
            return [];
        }
    }

    private static IEnumerable<int> Range(string range)
    {
        int[] ends = [.. range.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
        return Enumerable.Range(ends[0], ends[^1] - ends[0] + 1);
    }
}
