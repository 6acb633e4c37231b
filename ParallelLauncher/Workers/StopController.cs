namespace Hpo.ParallelLauncher.Workers;

/// <summary>
/// Leads all workers of a run through the stages of stopping: SIGINT, after the grace time SIGTERM, then SIGKILL. A second
/// request by a signal hastens to the next stage.
/// </summary>
internal sealed class StopController : IDisposable
{
    // After SIGTERM nothing is finished cleanly any more, so there is little to wait for.
    private static readonly TimeSpan LongestTermination = TimeSpan.FromSeconds(2);

    private const string StopOfWorkers = "The stop of the workers";

    private readonly Lock _lock = new();
    private readonly List<Action<StopStage>> _listeners = [];
    private readonly CancellationTokenSource _requested = new();
    private readonly TimeSpan _grace;
    private readonly TimeProvider _time;
    private readonly RunFaults _faults;
    private ITimer? _timer;

    /// <param name="grace">The time from SIGINT to SIGTERM.</param>
    /// <param name="time">The clock.</param>
    /// <param name="faults">Takes what listeners throw: a stage begins on a signal's or a timer's thread, where nobody else does.</param>
    public StopController(TimeSpan grace, TimeProvider time, RunFaults faults)
    {
        _grace = grace;
        _time = time;
        _faults = faults;
    }

    public StopStage Stage { get; private set; }

    /// <summary>The first reason for which a stop was requested, or null.</summary>
    public StopReason? Reason { get; private set; }

    /// <summary>Cancelled when the first stage begins.</summary>
    public CancellationToken Requested => _requested.Token;

    /// <summary>Begins to stop; a stop that has begun already is not hastened.</summary>
    public void Request(StopReason reason) => Advance(StopStage.None, reason);

    /// <summary>Begins to stop, or hastens to the next stage.</summary>
    public void RequestOrHasten(StopReason reason) => Advance(null, reason);

    /// <summary>Calls the listener with each stage, outside of any lock, and at once with the one that is reached already.</summary>
    public IDisposable Subscribe(Action<StopStage> listener)
    {
        StopStage reached;
        lock (_lock)
        {
            _listeners.Add(listener);
            reached = Stage;
        }

        if (reached is not StopStage.None) _faults.Guard(StopOfWorkers, () => listener(reached));
        return new Subscription(this, listener);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
            // No stage begins any more. One that is just beginning on another thread still needs the token's source.
            Stage = StopStage.Kill;
        }
    }

    private void Advance(StopStage? onlyFrom, StopReason reason)
    {
        StopStage stage;
        Action<StopStage>[] listeners;
        lock (_lock)
        {
            if (Stage is StopStage.Kill || (onlyFrom is { } from && from != Stage)) return;
            Reason ??= reason;
            stage = ++Stage;
            listeners = [.. _listeners];
            _timer?.Dispose();
            TimeSpan wait = stage is StopStage.Interrupt || _grace < LongestTermination ? _grace : LongestTermination;
            _timer = stage is StopStage.Kill
                ? null
                : _time.CreateTimer(_ => Advance(stage, reason), null, wait, Timeout.InfiniteTimeSpan);
        }

        if (stage is StopStage.Interrupt) _faults.Guard(StopOfWorkers, _requested.Cancel);
        foreach (Action<StopStage> listener in listeners) _faults.Guard(StopOfWorkers, () => listener(stage));
    }

    private sealed class Subscription(StopController controller, Action<StopStage> listener) : IDisposable
    {
        public void Dispose()
        {
            lock (controller._lock) controller._listeners.Remove(listener);
        }
    }
}
