using Hpo.Interop.Bridge.PythonNet;
using Python.Runtime;

namespace Hpo.Interop.Pruners;

/// <summary>How a study finds unpromising trials, from the values that they report.</summary>
public abstract record Pruner : OptunaComponent
{
    private protected Pruner()
    {
    }

    /// <summary>Whether what grows with the study's length is computed once a trial and in C#, where that is known for the
    /// pruner and the installed Optuna: the choices are the same. Default true; <c>HPO_NATIVE_SAMPLING=off</c> turns it off for all.
    /// See docs/sampling.md.</summary>
    public bool NativeSampling { get; init; } = true;

    /// <summary>The pruner of a Python object, as <see cref="FromPythonObject"/> gives it.</summary>
    public static implicit operator Pruner(PyObject pruner) => FromPythonObject(pruner);

    /// <summary>A pruner that Python code made, which studies that are given it share.</summary>
    /// <param name="pruner">An object of a class below <c>optuna.pruners.BasePruner</c>; the result has a reference of its own.</param>
    /// <exception cref="ArgumentException">It is of another class.</exception>
    public static Pruner FromPythonObject(PyObject pruner) => new PythonPruner(PythonObjects.Take(pruner, "pruners.BasePruner"));

    /// <summary>Makes a pruner of its own, to be asked by an <see cref="IPruner"/> that wraps it.</summary>
    /// <exception cref="OptunaFeatureException">The installed Optuna lacks it or one of its options.</exception>
    public OptunaPruner Create() => new(OptunaRuntime.Current.Glue, this);

    internal override bool IsNative => NativeSampling;

    internal override string Module => "pruners";
}
