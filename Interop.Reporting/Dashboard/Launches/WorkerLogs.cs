using System.Globalization;
using Hpo.Interop.Launches;

namespace Hpo.Interop.Reporting.Dashboard.Launches;

/// <summary>The logs of a run's workers.</summary>
internal static class WorkerLogs
{
    private const string Prefix = "worker-", Suffix = ".log";

    /// <summary>The workers that have one.</summary>
    public static HashSet<int> Of(RunPaths run)
    {
        try
        {
            return [.. new DirectoryInfo(run.Directory).EnumerateFiles($"{Prefix}*{Suffix}")
                .Where(IsPlain).Select(file => IndexOf(file.Name)).OfType<int>().Where(index => run.WorkerLog(index) is { } path && File.Exists(path))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // The run was removed.
            return [];
        }
    }

    /// <summary>The end of a worker's log as text to show; null where there is none.</summary>
    public static string? Tail(RunPaths run, int worker)
    {
        if (!Of(run).Contains(worker)) return null;
        try
        {
            return LogText.Of(LogTail.Read(run.WorkerLog(worker)));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // The launcher makes no links: one would lead out of the folder. Nor is a pipe or a device a log; these have no length.
    private static bool IsPlain(FileInfo file) => file.LinkTarget is null && (file.Attributes & FileAttributes.Directory) == 0 && file.Length > 0;

    private static int? IndexOf(string name) => int.TryParse(name[Prefix.Length..^Suffix.Length], NumberStyles.None, CultureInfo.InvariantCulture, out int index)
        ? index
        : null;
}
