using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Progress;

/// <summary>Whether the database answers, and since when.</summary>
internal sealed class Reachability(IWorkerObserver observer, TimeProvider time)
{
    private readonly Lock _lock = new();
    private readonly RetryLimit _limit = new(time);
    private TaskCompletionSource _answers = Answered();
    private long _lastFailure = long.MinValue;

    /// <summary>Completes when the database answers.</summary>
    public Task Answers
    {
        get
        {
            lock (_lock) return _answers.Task;
        }
    }

    public bool WasGivenSince(long timestamp)
    {
        lock (_lock) return _lastFailure < timestamp && _answers.Task.IsCompleted;
    }

    /// <summary>A poll has succeeded.</summary>
    public void OnAnswer()
    {
        lock (_lock) _answers.TrySetResult();
        if (_limit.AfterSuccess() is { } away)
            observer.OnNote(FormattableString.Invariant($"the database answers again, after {away.TotalSeconds:0.0} s"));
    }

    /// <summary>A poll has failed with a transient error.</summary>
    /// <returns>Whether the database has been away for so long that the limit is reached.</returns>
    public bool OnFailure(TableException error)
    {
        lock (_lock)
        {
            _lastFailure = time.GetTimestamp();
            if (_answers.Task.IsCompleted) _answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        RetryVerdict verdict = _limit.AfterFailure();
        if (verdict is RetryVerdict.Report) observer.OnNote($"the database does not answer, and the run waits for it ({error.Message})");
        return verdict is RetryVerdict.GiveUp;
    }

    /// <summary>A change has failed with a transient error; the next poll shows whether the database is away.</summary>
    public void OnFailedChange()
    {
        lock (_lock) _lastFailure = time.GetTimestamp();
    }

    private static TaskCompletionSource Answered()
    {
        var answered = new TaskCompletionSource();
        answered.SetResult();
        return answered;
    }
}
