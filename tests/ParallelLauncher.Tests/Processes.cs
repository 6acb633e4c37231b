using System.Diagnostics;

namespace Hpo.ParallelLauncher.Tests;

/// <summary>Looks at processes in /proc.</summary>
internal static class Processes
{
    /// <summary>Whether a process runs; a zombie that nobody has reaped does not.</summary>
    public static bool IsAlive(int id)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{id}/stat");
            return stat[stat.LastIndexOf(')') + 2] is not ('Z' or 'X');
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Waits until a process is gone, at most for a time.</summary>
    public static async Task<bool> IsGoneWithinAsync(int id, TimeSpan limit)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < limit; await timer.WaitForNextTickAsync())
        {
            if (!IsAlive(id)) return true;
        }

        return !IsAlive(id);
    }

    public static string CommandLine(int id) => File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');
}
