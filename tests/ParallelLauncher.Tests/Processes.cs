using System.Diagnostics;

namespace Hpo.ParallelLauncher.Tests;

/// <summary>Reads processes from /proc.</summary>
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

    // Only so that a test that waits in vain ends: how long a busy machine takes is not what is tested.
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(2);

    /// <summary>Waits until a process is gone; false where it never is.</summary>
    public static async Task<bool> IsGoneAsync(int id)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var watch = Stopwatch.StartNew(); watch.Elapsed < Timeout; await timer.WaitForNextTickAsync())
        {
            if (!IsAlive(id)) return true;
        }

        return !IsAlive(id);
    }

    public static string CommandLine(int id) => File.ReadAllText($"/proc/{id}/cmdline").Replace('\0', ' ');

    /// <summary>The living processes of this machine that a process has started itself and whose program has a name.</summary>
    public static int[] ChildrenOf(int parent, string program) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out int id) && IsAlive(id)).Select(name => int.Parse(name!))
            .Where(id => ParentOf(id) == parent && ProgramOf(id) == program),
    ];

    /// <summary>The living processes that work in a folder: a launcher started there, and all that it started.</summary>
    public static int[] WorkingIn(string folder) =>
    [
        .. Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out int id) && WorkingDirectoryOf(id) == folder).Select(name => int.Parse(name!)),
    ];

    /// <summary>The command lines of a process and of everything below it, as everybody sees them.</summary>
    public static string[] CommandLinesBelow(int ancestor)
    {
        var parents = Directory.EnumerateDirectories("/proc").Select(Path.GetFileName)
            .Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name!)).ToDictionary(id => id, ParentOf);
        return [.. parents.Keys.Where(IsBelow).Select(id => Read(id, "cmdline").Replace('\0', ' ').TrimEnd())];

        bool IsBelow(int id) => id == ancestor || (parents.TryGetValue(id, out int parent) && IsBelow(parent));
    }

    private static int ParentOf(int id) => Read(id, "stat") is { Length: > 0 } stat ? int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1]) : 0;

    // Null for one that has ended, a zombie too, and for another user's.
    private static string? WorkingDirectoryOf(int id)
    {
        try
        {
            return File.ResolveLinkTarget($"/proc/{id}/cwd", returnFinalTarget: false)?.FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static string ProgramOf(int id) => Path.GetFileName(Read(id, "cmdline").Split('\0')[0]);

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText($"/proc/{id}/{file}");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
