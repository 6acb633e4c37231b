using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Workers;
using Microsoft.Extensions.Logging;

namespace Hpo.ParallelLauncher.Progress;

/// <summary>Repeats changes of the database until they are done: after a transient error, and not for ever.</summary>
internal sealed class DatabaseRetry(Reachability reachability, IWorkerObserver observer, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly Patience _patience = new(time);

    /// <summary>Makes a change, which is safe to repeat.</summary>
    /// <exception cref="TableException">No retry helps, or none has helped for ten minutes.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                T result = await change();
                _patience.AfterSuccess();
                return result;
            }
            catch (TableException error) when (error.IsTransient)
            {
                logger.LogDebug("a change of the database is tried again: {Message}", error.Message);
                reachability.OnFailedChange();
                PatienceVerdict verdict = _patience.AfterFailure();
                if (verdict is PatienceVerdict.GiveUp) throw;
                // Where the database is away as a whole, the polls tell it.
                if (verdict is PatienceVerdict.Tell && reachability.Answers.IsCompleted)
                    observer.OnNote($"lost trials cannot be failed at present; it is tried again ({error.Message})");
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
