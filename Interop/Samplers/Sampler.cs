using Hpo.Interop.Bridge.PythonNet;
using Python.Runtime;

namespace Hpo.Interop.Samplers;

/// <summary>How a study chooses hyperparameters. Each study makes a sampler of its own from the options.</summary>
public abstract record Sampler : OptunaComponent
{
    private protected Sampler()
    {
    }

    /// <summary>Whether what grows with the study's length is computed once a trial and in C#, where that is known for the
    /// sampler and the installed Optuna: the choices are the same. Default true; <c>HPO_NATIVE_SAMPLING=off</c> turns it off for all.
    /// See docs/sampling.md.</summary>
    public bool NativeSampling { get; init; } = true;

    /// <summary>The sampler of a Python object, as <see cref="FromPythonObject"/> gives it.</summary>
    public static implicit operator Sampler(PyObject sampler) => FromPythonObject(sampler);

    /// <summary>A sampler that Python code made, which studies that are given it share.</summary>
    /// <param name="sampler">An object of a class below <c>optuna.samplers.BaseSampler</c>; the result has a reference of its own.</param>
    /// <exception cref="ArgumentException">It is of another class.</exception>
    public static Sampler FromPythonObject(PyObject sampler) => new PythonSampler(PythonObjects.Take(sampler, "samplers.BaseSampler"));

    /// <summary>Makes a sampler of its own, to be asked by an <see cref="ISampler"/> that wraps it.</summary>
    /// <exception cref="OptunaFeatureException">The installed Optuna lacks it or one of its options.</exception>
    public OptunaSampler Create() => new(OptunaRuntime.Current.Glue, this);

    internal override bool IsNative => NativeSampling;

    internal override string Module => "samplers";
}
