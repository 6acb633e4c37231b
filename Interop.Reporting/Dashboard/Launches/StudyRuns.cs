using Hpo.Interop.Launches;
using Hpo.Interop.Storages;

namespace Hpo.Interop.Reporting.Dashboard.Launches;

/// <summary>
/// Tells whether a run works on a study. Names and addresses may be the same on different machines and at different times, and a copied study
/// has the trials of another one's runs: so name and storage have to agree, and a trial decides where these are not enough.
/// </summary>
/// <param name="study">The study's name.</param>
/// <param name="storage">Its storage.</param>
internal sealed class StudyRuns(string study, StorageUrl storage)
{
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "::1"];

    /// <summary>Whether a run is one of the study's.</summary>
    /// <param name="found">The run.</param>
    /// <param name="trials">The study's trials.</param>
    public bool Has(FoundRun found, OwnedTrials trials)
    {
        LaunchedRun run = found.Run;
        if (run.Plan?.Study != study || run.Started is null || found.Storage is not { } named || !IsSame(named)) return false;
        if (trials.Runs.ContainsKey(run.Run!)) return true;
        // Another machine has other files, and another localhost.
        bool isHere = run.Launcher?.Host == ProcessIdentity.Current.Host;
        if (!isHere && (storage.Dialect is StorageDialect.Sqlite || IsLoopback(storage))) return false;
        // A study that was made anew has trials after the runs of the one before it.
        return run.Finished is not { } end || end.LocalDateTime >= trials.Began;
    }

    // Whoever connects, and by whichever driver: the same tables.
    private bool IsSame(StorageUrl other) => storage.Dialect == other.Dialect && storage.Dialect switch
    {
        StorageDialect.Sqlite => storage.SqliteFile is { } file && other.SqliteFile is { } named && Path.GetFullPath(file) == Path.GetFullPath(named),
        StorageDialect.MySql => storage.Database == other.Database
            && storage.Parameter("unix_socket") == other.Parameter("unix_socket")
            && (storage.Port ?? 3306) == (other.Port ?? 3306)
            && (IsLoopback(storage) ? IsLoopback(other) : string.Equals(storage.Host, other.Host, StringComparison.OrdinalIgnoreCase)),
        _ => storage.Masked == other.Masked,
    };

    private static bool IsLoopback(StorageUrl url) => url.Host is not { Length: > 0 } host || LoopbackNames.Contains(host, StringComparer.OrdinalIgnoreCase);
}
