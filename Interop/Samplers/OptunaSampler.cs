using Hpo.Interop.Bridge;
using Hpo.Interop.Bridge.PythonNet;
using Hpo.Interop.Glue;
using Python.Runtime;

namespace Hpo.Interop.Samplers;

/// <summary>
/// One of Optuna's samplers, to be asked by an <see cref="ISampler"/> that wraps it; <see cref="Sampler.Create"/> makes it.
/// A wrapper passes every call on that it does not answer itself, since samplers keep state from one to the next.
/// </summary>
public sealed class OptunaSampler : ISampler, IDisposable
{
    private readonly GlueModule _glue;
    private readonly PythonHandle _sampler;

    internal OptunaSampler(GlueLibrary glue, Sampler options)
    {
        _glue = glue.Custom;
        _sampler = options.Build(glue).AsHandle();
    }

    /// <inheritdoc/>
    public object? SampleIndependent(Study study, FrozenTrial trial, string name, Distribution distribution)
    {
        PythonValue value = Call("sample_independent", study, trial, name, FrozenTrials.ToPython(distribution));
        return distribution is CategoricalDistribution categorical
            ? categorical.Choices[checked((int)value.AsInteger())]
            : Objects.FromPython(value);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, Distribution> InferRelativeSearchSpace(Study study, FrozenTrial trial) =>
        FrozenTrials.Distributions(Call("infer_relative_search_space", study, trial));

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, object?> SampleRelative(
        Study study, FrozenTrial trial, IReadOnlyDictionary<string, Distribution> searchSpace) =>
        Objects.FromPythonMap(Call("sample_relative", study, trial, FrozenTrials.ToPython(searchSpace)));

    /// <inheritdoc/>
    public void BeforeTrial(Study study, FrozenTrial trial) => Call("before_trial", study, trial);

    /// <inheritdoc/>
    public void AfterTrial(Study study, FrozenTrial trial, TrialState state, IReadOnlyList<double>? values) => Call(
        "after_trial",
        study,
        trial,
        state.Name(),
        values is null ? PythonValue.None : PythonValue.List(values, value => value));

    /// <inheritdoc/>
    public void ReseedRng() => _glue.CallOn(_sampler, "reseed_rng");

    /// <summary>The Python sampler itself: a new reference, to be used under <c>Py.GIL()</c>. See docs/pythonnet.md.</summary>
    /// <exception cref="PythonStartException">pythonnet cannot be used with this Python.</exception>
    public PyObject PythonObject => PythonObjects.Get(_sampler);

    /// <summary>Releases the Python sampler.</summary>
    public void Dispose() => _sampler.Dispose();

    private PythonValue Call(string method, Study study, FrozenTrial trial, params ReadOnlySpan<PythonValue> arguments)
    {
        ArgumentNullException.ThrowIfNull(study);
        ArgumentNullException.ThrowIfNull(trial);
        return _glue.CallOn(_sampler, method, [study.Handle, trial.Number, .. arguments]);
    }
}
