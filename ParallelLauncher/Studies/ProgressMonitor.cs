using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>Looks at a study at most once a second, and less often where looking is dear.</summary>
internal sealed class ProgressMonitor(IStudyProgress progress, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan ShortestInterval = TimeSpan.FromSeconds(1);

    // Looking takes at most a twentieth of the time, on studies of any size.
    private const double IntervalPerCost = 20;

    /// <summary>Looks until it is cancelled; a database that does not answer is asked again.</summary>
    /// <param name="onSnapshot">Called with what each look shows.</param>
    /// <param name="cancellationToken">Ends the looking.</param>
    public async Task RunAsync(Action<StudySnapshot> onSnapshot, CancellationToken cancellationToken)
    {
        try
        {
            while (true)
            {
                long began = time.GetTimestamp();
                if (await TryReadAsync(cancellationToken) is { } snapshot) onSnapshot(snapshot);
                TimeSpan cost = time.GetElapsedTime(began) * IntervalPerCost;
                await Task.Delay(cost > ShortestInterval ? cost : ShortestInterval, time, cancellationToken);
            }
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    /// <summary>Looks once; null where there is no study yet or the database does not answer.</summary>
    public async Task<StudySnapshot?> TryReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await progress.ReadAsync(cancellationToken);
        }
        catch (DbException error)
        {
            logger.LogDebug("the study's progress cannot be read now: {Message}", error.Message);
            return null;
        }
    }
}
