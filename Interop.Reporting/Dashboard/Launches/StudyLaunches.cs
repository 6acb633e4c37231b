using Hpo.Interop.Launches;
using Hpo.Interop.Storages;

namespace Hpo.Interop.Reporting.Dashboard.Launches;

/// <summary>The launches of studies: those that run, else the newest.</summary>
/// <param name="folder">The launcher's folder.</param>
/// <param name="storage">The studies' storage.</param>
/// <param name="stopped">The runs that this dashboard has asked to stop.</param>
internal sealed class StudyLaunches(LaunchFolder folder, StorageUrl storage, StoppedRuns stopped)
{
    private const int MostShown = 5;

    private static readonly TimeSpan Beginning = TimeSpan.FromMinutes(2);

    private readonly string _stopArguments = folder.Path == Path.GetFullPath(RunPaths.DefaultLogDirectory) ? "" : $" --log-dir {Quoted(folder.Path)}";

    /// <summary>What a page shows of a study's launches, the newest first; null where the study does not exist.</summary>
    public async Task<IReadOnlyList<LaunchView>?> ReadAsync(StudyFeed feed, string study, CancellationToken cancellation)
    {
        // Files are read while nobody waits for the study.
        IReadOnlyList<FoundRun> all = await Task.Run(folder.Runs, cancellation);
        IReadOnlyList<LaunchView>? views = await feed.OwnedAsync((trials, now) => Choose(RunsOf(study, all, trials), trials, now), cancellation);
        return views is null ? null : await Task.Run(() => (LaunchView[])[.. views.Select(view => WithLogs(view, all))], cancellation);
    }

    /// <summary>A run of a study, by its name among those that were listed; null where there is none.</summary>
    public async Task<FoundRun?> FindAsync(StudyFeed feed, string study, string run, CancellationToken cancellation)
    {
        IReadOnlyList<FoundRun> all = await Task.Run(folder.Runs, cancellation);
        return await feed.OwnedAsync((trials, _) => RunsOf(study, all, trials).FirstOrDefault(found => found.Paths.Id == run), cancellation);
    }

    private IReadOnlyList<FoundRun> RunsOf(string study, IReadOnlyList<FoundRun> all, OwnedTrials trials)
    {
        var runs = new StudyRuns(study, storage);
        return [.. all.Where(found => runs.Has(found, trials))];
    }

    private IReadOnlyList<LaunchView> Choose(IReadOnlyList<FoundRun> found, OwnedTrials trials, DateTime now)
    {
        var builder = new LaunchBuilder(trials, now, _stopArguments);
        HashSet<string> known = [.. found.Select(run => run.Paths.Id)];
        KeyValuePair<string, OwnedRun>[] others = [.. trials.Runs.Where(run => !known.Contains(run.Key)).OrderByDescending(run => run.Value.Active)];
        List<LaunchView> views =
        [
            .. found.Where(run => GoesOn(run.Run, trials, now)).Take(MostShown).Select(run => builder.Of(run, stopped.Has(run))),
            .. others.Where(run => run.Value.HasRunning).Take(MostShown).Select(run => builder.Of(run.Key, run.Value)),
        ];
        if (views.Count > 0) return views;
        // Runs are named by their time.
        if (found is [var newest, ..] && (others.Length == 0 || string.CompareOrdinal(newest.Paths.Id, others[0].Key) > 0)) return [builder.Of(newest, stopped.Has(newest))];
        return [.. others.Take(1).Select(run => builder.Of(run.Key, run.Value))];
    }

    // Whether a run goes on whose launcher has ended, or is not on this machine, its trials tell; at its beginning it has none yet.
    private static bool GoesOn(LaunchedRun run, OwnedTrials trials, DateTime now) => run.IsLed is true
        || run.IsOpen && (trials.Runs.GetValueOrDefault(run.Run!) is { HasRunning: true } || run.IsLed is not false && now - run.Started?.LocalDateTime < Beginning);

    private static LaunchView WithLogs(LaunchView view, IReadOnlyList<FoundRun> all)
    {
        if (all.FirstOrDefault(found => found.Paths.Id == view.Run && view.State != LaunchView.OfTrials) is not { } run) return view;
        HashSet<int> logs = WorkerLogs.Of(run.Paths);
        return view with { Workers = [.. view.Workers.Select(worker => worker with { HasLog = logs.Contains(worker.Index) })] };
    }

    private static string Quoted(string path) => path.All(letter => char.IsLetterOrDigit(letter) || letter is '/' or '.' or '-' or '_')
        ? path
        : $"'{path.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
