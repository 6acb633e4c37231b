using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Plan;
using Microsoft.Extensions.Logging;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>Reaches the database before any worker does, and makes sure that it can carry them.</summary>
internal sealed class FirstConnection(TimeProvider time, ILogger logger)
{
    // The URL may be wrong, so there are retries for a second only; hpo_glue has the same limit for workers.
    private const int Retries = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private const int ConnectionsPerWorker = 2;

    // One to poll, one to fail lost trials.
    private const int OwnConnections = 2;

    /// <summary>Creates the database where it is missing.</summary>
    /// <returns>A warning, or null.</returns>
    /// <exception cref="LaunchException">The database cannot be reached or used.</exception>
    public async Task<string?> OpenAsync(StorageUrl storage, int workers, CancellationToken cancellationToken)
    {
        using StudyTables? tables = StudyTables.Of(storage);
        if (tables is null)
            return $"The launcher reads {StudyTables.Known} only: for {storage.Masked} it shows no progress, and fails no lost trials.";
        int connections = workers * ConnectionsPerWorker + OwnConnections;
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                string? shortage = await Task.Run(() => tables.EnsureDatabase(connections), cancellationToken).WaitAsync(cancellationToken);
                return shortage is null ? null : FormattableString.Invariant($"{workers} workers need about {connections} connections; {shortage}");
            }
            catch (TableException error) when (attempt < Retries && error.IsTransient)
            {
                logger.LogDebug("the first connection failed: {Message}", error.Message);
                await Task.Delay(Pause, time, cancellationToken);
            }
            catch (TableException error)
            {
                throw new LaunchException(error.Message, WorkerExitCode.Storage);
            }
        }
    }
}
