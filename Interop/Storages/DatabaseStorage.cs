using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Storages;

/// <summary>A storage in a relational database, whose workers may send heartbeats.</summary>
/// <param name="Url">An SQLAlchemy URL.</param>
public abstract record DatabaseStorage(string Url) : Storage
{
    /// <summary>Whether a schema of another Optuna version is accepted; natively, tables of another revision than those of
    /// Optuna 3.0 and later. Default false.</summary>
    public bool SkipCompatibilityCheck { get; init; }

    /// <summary>How often a running trial sends a heartbeat; whole seconds, at least 1. Null (the default) for
    /// what a launcher asks of its workers (<see cref="WorkerEnvironment.HeartbeatInterval"/>, with its grace period and
    /// retries), and without a launcher for never.</summary>
    public TimeSpan? HeartbeatInterval { get; init; }

    /// <summary>After how long without a heartbeat a running trial is failed; whole seconds, at least 1. Null (the
    /// default) for what a launcher asks of its workers where <see cref="HeartbeatInterval"/> is its too, else for twice the
    /// interval.</summary>
    public TimeSpan? GracePeriod { get; init; }

    /// <summary>How trials that were failed so are retried; null (the default) for not at all.</summary>
    public RetryFailedTrialCallback? FailedTrialCallback { get; init; }

    /// <summary>Called with each trial that was failed so, before <see cref="FailedTrialCallback"/>; null (the default) for
    /// nothing.</summary>
    public Action<Study, FrozenTrial>? FailedTrialAction { get; init; }

    /// <summary>The options with the URL's password masked.</summary>
    public sealed override string ToString() =>
        $"{GetType().Name} {{ Url = {(StorageUrl.TryParse(Url, out StorageUrl? url) ? url.Masked : "***")} }}";

    /// <summary>The callback's arguments for the glue, or None.</summary>
    private protected PythonValue Retry => FailedTrialCallback?.ToPython() ?? PythonValue.None;

    /// <summary>The options' arguments of the Python class. What a launcher asks for is added on the Python side, for all workers
    /// alike.</summary>
    private protected OrderedDictionary<string, PythonValue> Arguments()
    {
        var arguments = new OrderedDictionary<string, PythonValue>();
        if (SkipCompatibilityCheck) arguments.Add("skip_compatibility_check", true);
        if (HeartbeatInterval is { } interval) arguments.Add("heartbeat_interval", Seconds(interval));
        if (GracePeriod is { } grace) arguments.Add("grace_period", Seconds(grace));
        return arguments;
    }

    /// <summary>The action as a Python function, or None.</summary>
    private protected PythonValue OnFailedTrial(GlueLibrary glue) =>
        FailedTrialAction is not { } action ? PythonValue.None : glue.Bridge.CreateCallback(arguments =>
        {
            using var study = new Study(glue, arguments[0].AsHandle());
            action(study, FrozenTrials.FromPython(arguments[1]));
        });

    private static PythonValue Seconds(TimeSpan time) => checked((long)Math.Ceiling(time.TotalSeconds));
}
