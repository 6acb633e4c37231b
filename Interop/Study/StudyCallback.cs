using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop;

/// <summary>One of Optuna's own callbacks, which can be given wherever <see cref="OptimizeOptions.Callbacks"/> takes a
/// function.</summary>
public abstract record StudyCallback : OptunaComponent
{
    private protected StudyCallback()
    {
    }

    /// <summary>The callback as a function. Each one is an object of its own in Python.</summary>
    public static implicit operator Action<Study, FrozenTrial>(StudyCallback callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        return callback.ToAction();
    }

    /// <summary>The callback as a function. Each one is an object of its own in Python.</summary>
    public Action<Study, FrozenTrial> ToAction()
    {
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        PythonHandle callback = Build(glue).AsHandle();
        return (study, trial) => glue.Studies.Call("notify", callback, study.Handle, trial.Number);
    }
}
