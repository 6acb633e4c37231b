using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Workers;
using Microsoft.Extensions.Logging;

namespace Hpo.ParallelLauncher.Progress;

/// <summary>Retries changes of the database after transient errors, up to the <see cref="RetryLimit"/>.</summary>
internal sealed class DatabaseRetry(Reachability reachability, IWorkerObserver observer, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(250);

    private readonly RetryLimit _limit = new(time);

    /// <summary>Makes a change, which must be idempotent.</summary>
    /// <exception cref="TableException">No retry helps, or none has helped for ten minutes.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public async Task<T> RunAsync<T>(Func<Task<T>> change, CancellationToken cancellationToken)
    {
        while (true)
        {
            try
            {
                T result = await change();
                _limit.AfterSuccess();
                return result;
            }
            catch (TableException error) when (error.IsTransient)
            {
                logger.LogDebug("a change of the database is retried: {Message}", error.Message);
                reachability.OnFailedChange();
                RetryVerdict verdict = _limit.AfterFailure();
                if (verdict is RetryVerdict.GiveUp) throw;
                // Where the database does not answer at all, the polls report it.
                if (verdict is RetryVerdict.Report && reachability.Answers.IsCompleted)
                    observer.OnNote($"lost trials cannot be failed at present, which is retried ({error.Message})");
            }

            await Task.Delay(Pause, time, cancellationToken);
        }
    }
}
