using Hpo.Interop.Launches;
using Hpo.Interop.Storages;

namespace Hpo.Interop.Reporting.Dashboard.Launches;

/// <summary>
/// The runs below a launcher's folder, read while somebody asks. A run that has ended is read once, and another one only where its file has
/// changed. Safe on several threads.
/// </summary>
/// <param name="path">The folder, which may not be there yet.</param>
/// <param name="time">The clock.</param>
internal sealed class LaunchFolder(string path, TimeProvider time)
{
    // Older ones are of no interest, however many there are.
    private const int MostRuns = 200;

    private static readonly TimeSpan BetweenLists = TimeSpan.FromSeconds(3), BetweenReads = TimeSpan.FromMilliseconds(500);

    private readonly Lock _lock = new();
    private IReadOnlyList<Entry> _entries = [];
    private IReadOnlyList<FoundRun> _runs = [];
    private long? _listedAt, _readAt;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>The runs, the newest first.</summary>
    public IReadOnlyList<FoundRun> Runs()
    {
        lock (_lock)
        {
            if (IsPast(_listedAt, BetweenLists))
            {
                _entries = List();
                _listedAt = time.GetTimestamp();
            }
            else if (!IsPast(_readAt, BetweenReads))
            {
                return _runs;
            }
            foreach (Entry entry in _entries) entry.Refresh();
            _readAt = time.GetTimestamp();
            return _runs = [.. _entries.Select(entry => entry.Found).OfType<FoundRun>()];
        }
    }

    private bool IsPast(long? at, TimeSpan interval) => at is not { } known || time.GetElapsedTime(known) >= interval;

    private Entry[] List()
    {
        Dictionary<string, Entry> known = _entries.ToDictionary(entry => entry.Paths.Id);
        try
        {
            // A link would lead out of the folder.
            return [.. new DirectoryInfo(Path).EnumerateDirectories()
                .OrderByDescending(folder => folder.Name, StringComparer.Ordinal)
                .Select(folder => known.GetValueOrDefault(folder.Name)
                    ?? (folder.LinkTarget is null && Found(new RunPaths(folder.FullName)) is { } paths ? new Entry(paths) : null))
                .OfType<Entry>().Take(MostRuns)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Nothing was launched yet.
            return [];
        }
    }

    private static RunPaths? Found(RunPaths run) => File.Exists(run.RunFile) ? run : null;

    private sealed class Entry(RunPaths paths)
    {
        private (DateTime Written, long Length)? _seen;

        public RunPaths Paths => paths;

        public FoundRun? Found { get; private set; }

        public void Refresh()
        {
            if (Found is { Run.IsOpen: false }) return;
            var file = new FileInfo(paths.RunFile);
            if (!file.Exists)
            {
                Found = null;
                return;
            }
            (DateTime, long) now = (file.LastWriteTimeUtc, file.Length);
            if (_seen == now) return;
            _seen = now;
            // Its name is what its folder is found by.
            if (LaunchedRun.TryRead(paths) is { } run && run.Run == paths.Id) Found = new FoundRun(paths, run);
        }
    }
}

/// <param name="Paths">Its files.</param>
/// <param name="Run">Its record.</param>
internal sealed record FoundRun(RunPaths Paths, LaunchedRun Run)
{
    /// <summary>The storage that its plan names, or null. It is parsed once: there are many runs, and all are looked at.</summary>
    public StorageUrl? Storage { get; } = StorageUrl.TryParse(Run.Plan?.Storage, out StorageUrl? named) ? named : null;
}
