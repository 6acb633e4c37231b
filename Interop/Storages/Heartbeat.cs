using Hpo.Interop.Engine;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Storages;

/// <summary>How the trials of a storage give signs of life, and what becomes of those that give none.</summary>
internal sealed record Heartbeat(TimeSpan? Interval, TimeSpan? Grace, RetryFailedTrialCallback? Retry)
{
    /// <summary>What the options say; without an interval what a launcher asks of its workers.</summary>
    public static Heartbeat Of(TimeSpan? interval, TimeSpan? grace, RetryFailedTrialCallback? retry)
    {
        if (interval is not null) return new Heartbeat(interval, grace, retry);
        var worker = WorkerEnvironment.Read();
        return worker.HeartbeatInterval is null ? new Heartbeat(null, grace, retry) : new Heartbeat(
            worker.HeartbeatInterval,
            grace ?? worker.HeartbeatGrace,
            retry ?? (worker.RetryFailed > 0 ? new RetryFailedTrialCallback { MaxRetry = worker.RetryFailed } : null));
    }

    public void AddTo(OrderedDictionary<string, PythonValue> arguments)
    {
        if (Interval is { } interval) arguments.Add("heartbeat_interval", Seconds(interval));
        if (Grace is { } grace) arguments.Add("grace_period", Seconds(grace));
    }

    /// <summary>An action for each trial that was failed, as a Python function.</summary>
    public static PythonValue OnFailedTrial(GlueLibrary glue, Action<Study, FrozenTrial>? action) =>
        action is null ? PythonValue.None : glue.Engine.CreateCallback(arguments =>
        {
            using var study = new Study(glue, arguments[0].AsHandle());
            action(study, FrozenTrials.FromPython(arguments[1]));
            return PythonValue.None;
        });

    private static PythonValue Seconds(TimeSpan time) => checked((long)Math.Ceiling(time.TotalSeconds));
}
