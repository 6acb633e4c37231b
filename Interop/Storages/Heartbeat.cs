using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Storages;

/// <summary>The heartbeats of a storage's trials. What a launcher asks for is added on the Python side, for all workers alike.</summary>
internal sealed record Heartbeat(TimeSpan? Interval, TimeSpan? Grace)
{
    public void AddTo(OrderedDictionary<string, PythonValue> arguments)
    {
        if (Interval is { } interval) arguments.Add("heartbeat_interval", Seconds(interval));
        if (Grace is { } grace) arguments.Add("grace_period", Seconds(grace));
    }

    /// <summary>An action for each trial that was failed, as a Python function.</summary>
    public static PythonValue OnFailedTrial(GlueLibrary glue, Action<Study, FrozenTrial>? action) =>
        action is null ? PythonValue.None : glue.Bridge.CreateCallback(arguments =>
        {
            using var study = new Study(glue, arguments[0].AsHandle());
            action(study, FrozenTrials.FromPython(arguments[1]));
            return PythonValue.None;
        });

    private static PythonValue Seconds(TimeSpan time) => checked((long)Math.Ceiling(time.TotalSeconds));
}
