using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Progress;

/// <summary>Whether the database answers, and since when.</summary>
internal sealed class Reachability(IWorkerObserver observer, TimeProvider time)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _answers = Answered();
    private long _lastFailure = long.MinValue;
    private long _firstFailure;

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

    public void OnAnswer()
    {
        TimeSpan away;
        lock (_lock)
        {
            if (!_answers.TrySetResult()) return;
            away = time.GetElapsedTime(_firstFailure);
        }

        observer.OnNote(FormattableString.Invariant($"the database answers again, after {away.TotalSeconds:0.0} s"));
    }

    public void OnFailure(string message)
    {
        lock (_lock)
        {
            _lastFailure = time.GetTimestamp();
            if (!_answers.Task.IsCompleted) return;
            _answers = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _firstFailure = _lastFailure;
        }

        observer.OnNote($"the database does not answer; the run waits for it ({message})");
    }

    private static TaskCompletionSource Answered()
    {
        var answered = new TaskCompletionSource();
        answered.SetResult();
        return answered;
    }
}
