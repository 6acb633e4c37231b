using Hpo.Interop.Bridge;
using Hpo.Interop.Bridge.PythonNet;
using Hpo.Interop.Glue;
using Python.Runtime;

namespace Hpo.Interop;

/// <summary>
/// A running trial: it suggests hyperparameters to the objective and takes its reports. Valid until the objective
/// returns; safe to use from any thread of the objective.
/// </summary>
public class Trial : IDisposable
{
    private readonly GlueModule _trials;

    internal Trial(GlueLibrary glue, PythonHandle handle, int number, CancellationToken cancellationToken = default)
    {
        _trials = glue.Trials;
        Handle = handle;
        Number = number;
        CancellationToken = cancellationToken;
    }

    /// <summary>The trial's number in its study, from 0.</summary>
    public int Number { get; }

    /// <summary>
    /// Cancelled when the study's run is: a long objective passes it on. Every member that suggests or reports throws
    /// <see cref="OperationCanceledException"/> then, which records the trial as failed.
    /// </summary>
    public CancellationToken CancellationToken { get; }

    /// <summary>The parameters suggested so far, by name: bool, long, double, string or null.</summary>
    public IReadOnlyDictionary<string, object?> Params => Objects.FromPythonMap(_trials.Call("params", Handle));

    /// <summary>The ranges of the parameters suggested so far, by name.</summary>
    public IReadOnlyDictionary<string, Distribution> Distributions =>
        FrozenTrials.Distributions(_trials.Call("distributions", Handle));

    /// <summary>What the user attached so far.</summary>
    public IReadOnlyDictionary<string, object?> UserAttrs => Objects.FromPythonMap(_trials.Call("user_attrs", Handle));

    /// <summary>The parameters that the sampler chose together before the objective began, by name; those that the
    /// objective does not ask for are lost.</summary>
    /// <exception cref="OptunaFeatureException">A <see cref="FixedTrial"/> has none.</exception>
    public IReadOnlyDictionary<string, object?> RelativeParams =>
        Objects.FromPythonMap(_trials.Call("relative_params", Handle));

    /// <summary>The constraints set so far, by name.</summary>
    /// <exception cref="OptunaFeatureException">The installed Optuna is older than 5.0.</exception>
    public IReadOnlyDictionary<string, double> Constraints =>
        _trials.Call("constraints", Handle).AsMap().ToDictionary(pair => pair.Key, pair => pair.Value.AsFloat());

    /// <summary>When the trial started, in this process's clock.</summary>
    public DateTime? DatetimeStart => FrozenTrials.Time(_trials.Call("datetime_start", Handle));

    /// <summary>The Python trial itself, an <c>optuna.trial.Trial</c>: a new reference, to be used under <c>Py.GIL()</c>. See
    /// docs/pythonnet.md.</summary>
    /// <exception cref="PythonStartException">pythonnet cannot be used with this Python.</exception>
    public PyObject PythonObject => PythonObjects.Get(Handle);

    internal PythonHandle Handle { get; }

    /// <summary>A trial that Python code handed out, e.g. to a delegate that it calls as its objective.</summary>
    /// <param name="trial">An <c>optuna.trial.Trial</c>; the result has a reference of its own.</param>
    /// <exception cref="ArgumentException">It is of another class.</exception>
    public static Trial FromPythonObject(PyObject trial)
    {
        TakenObject taken = PythonObjects.Take(trial, "trial.BaseTrial");
        return new Trial(taken.Glue, taken.Handle, checked((int)taken.Glue.Trials.Call("number", taken.Handle).AsInteger()));
    }

    /// <summary>Suggests a floating point value.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="low">The lowest value, inclusive; above 0 with <paramref name="log"/>.</param>
    /// <param name="high">The highest value, inclusive.</param>
    /// <param name="step">The distance of a grid that starts at <paramref name="low"/>, or null (the default) for none.
    /// Excludes <paramref name="log"/>.</param>
    /// <param name="log">Whether to draw from the logarithmic domain. Default false.</param>
    /// <exception cref="PythonCallException">Optuna refuses the range (<c>ValueError</c>).</exception>
    /// <exception cref="OperationCanceledException">The study's run was cancelled.</exception>
    public double SuggestFloat(string name, double low, double high, double? step = null, bool log = false) =>
        Call("suggest_float", name, low, high, PythonValue.Optional(step), log).AsFloat();

    /// <summary>Suggests an integer.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="low">The lowest value, inclusive; at least 1 with <paramref name="log"/>.</param>
    /// <param name="high">The highest value, inclusive.</param>
    /// <param name="step">The distance between values, at least 1 (the default).</param>
    /// <param name="log">Whether to draw from the logarithmic domain; needs a step of 1. Default false.</param>
    /// <exception cref="PythonCallException">Optuna refuses the range (<c>ValueError</c>).</exception>
    /// <exception cref="OperationCanceledException">The study's run was cancelled.</exception>
    public int SuggestInt(string name, int low, int high, int step = 1, bool log = false) =>
        checked((int)SuggestInt(name, (long)low, high, step, log));

    /// <inheritdoc cref="SuggestInt(string, int, int, int, bool)"/>
    public long SuggestInt(string name, long low, long high, long step = 1, bool log = false) =>
        Call("suggest_int", name, low, high, step, log).AsInteger();

    /// <summary>Suggests one of a list of choices, which must be the same in every trial of the study.</summary>
    /// <typeparam name="T">bool, int, long, double or string; object for a mixture of these and null.</typeparam>
    /// <param name="name">The parameter's name.</param>
    /// <param name="choices">At least one choice.</param>
    /// <returns>The very element of <paramref name="choices"/>.</returns>
    /// <exception cref="ArgumentException">A choice is of another type, or there is none.</exception>
    /// <exception cref="OperationCanceledException">The study's run was cancelled.</exception>
    public T SuggestCategorical<T>(string name, params IReadOnlyList<T> choices)
    {
        ArgumentNullException.ThrowIfNull(choices);
        if (choices.Count == 0)
            throw new ArgumentException($"The parameter '{name}' needs at least one choice.", nameof(choices));
        PythonValue index = Call("suggest_categorical", name, PythonValue.List(choices, choice => Choice(name, choice)));
        return choices[checked((int)index.AsInteger())];
    }

    /// <summary>Reports the objective's value at a step, for pruners and plots.</summary>
    /// <param name="value">The value, e.g. the validation accuracy; NaN and ±∞ are allowed.</param>
    /// <param name="step">The step, e.g. the epoch, from 0; the first report of a step counts.</param>
    /// <exception cref="OperationCanceledException">The study's run was cancelled.</exception>
    public void Report(double value, long step) => Call("report", value, step);

    /// <summary>Whether the study's pruner would end the trial now; the objective then throws
    /// <see cref="TrialPrunedException"/>.</summary>
    /// <exception cref="OperationCanceledException">The study's run was cancelled.</exception>
    public bool ShouldPrune() => Call("should_prune").AsBool();

    /// <summary>Attaches a value to the trial.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">null, bool, int, long, double, string, or lists and string-keyed dictionaries of these.</param>
    /// <exception cref="ArgumentException">The value is of another type.</exception>
    public void SetUserAttr(string key, object? value) => Call("set_user_attr", key, Objects.ToPython(value));

    /// <summary>Reports how far the trial violates a constraint, for samplers that support constraints.</summary>
    /// <param name="key">The constraint's name.</param>
    /// <param name="value">Above 0 where it is violated; not NaN. The first value of a constraint counts.</param>
    /// <exception cref="OptunaFeatureException">The installed Optuna is older than 5.0: give the sampler a
    /// <c>ConstraintsFunc</c> instead.</exception>
    public void SetConstraint(string key, double value) => Call("set_constraint", key, value);

    /// <summary>Releases the Python trial. Studies do it themselves when an objective returns.</summary>
    public void Dispose()
    {
        Handle.Dispose();
        GC.SuppressFinalize(this);
    }

    private PythonValue Call(string function, params ReadOnlySpan<PythonValue> arguments)
    {
        CancellationToken.ThrowIfCancellationRequested();
        return _trials.CallOn(Handle, function, arguments);
    }

    private static PythonValue Choice<T>(string name, T choice) => choice switch
    {
        null => PythonValue.None,
        bool or int or long or double or string => Objects.ToPython(choice),
        _ => throw new ArgumentException(
            $"A choice of the parameter '{name}' is a {choice.GetType()}. Choices are bool, int, long, double, string or null."),
    };
}
