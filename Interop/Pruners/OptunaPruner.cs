using Hpo.Interop.Bridge;
using Hpo.Interop.Bridge.PythonNet;
using Hpo.Interop.Glue;
using Python.Runtime;

namespace Hpo.Interop.Pruners;

/// <summary>One of Optuna's pruners, to be asked by an <see cref="IPruner"/> that wraps it; <see cref="Pruner.Create"/>
/// makes it.</summary>
public sealed class OptunaPruner : IPruner, IDisposable
{
    private readonly GlueModule _glue;
    private readonly PythonHandle _pruner;

    internal OptunaPruner(GlueLibrary glue, Pruner options)
    {
        _glue = glue.Custom;
        _pruner = options.Build(glue).AsHandle();
    }

    /// <inheritdoc/>
    public bool Prune(Study study, FrozenTrial trial)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(trial);
        return _glue.CallOn(_pruner, "prune", study.Handle, trial.Number).AsBool();
    }

    /// <summary>The Python pruner itself: a new reference, to be used under <c>Py.GIL()</c>. See docs/pythonnet.md.</summary>
    /// <exception cref="PythonStartException">pythonnet cannot be used with this Python.</exception>
    public PyObject PythonObject => PythonObjects.Get(_pruner);

    /// <summary>Releases the Python pruner.</summary>
    public void Dispose() => _pruner.Dispose();
}
