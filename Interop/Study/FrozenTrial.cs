using System.Globalization;
using Hpo.Interop.Bridge;
using Hpo.Interop.Bridge.PythonNet;
using Hpo.Interop.Glue;
using Python.Runtime;

namespace Hpo.Interop;

/// <summary>A trial as a study stores it: what was tried and what came of it. Optuna's <c>FrozenTrial</c>.</summary>
public sealed record FrozenTrial
{
    private static readonly IReadOnlyDictionary<string, object?> Nothing = new Dictionary<string, object?>();

    /// <summary>The trial's number in its study, from 0.</summary>
    public int Number { get; init; }

    /// <summary>The trial's state. Default <see cref="TrialState.Complete"/>.</summary>
    public TrialState State { get; init; } = TrialState.Complete;

    /// <summary>One value for each direction of the study; null where the trial has none.</summary>
    public IReadOnlyList<double>? Values { get; init; }

    /// <summary>The value of a single-objective trial; null where it has none.</summary>
    /// <exception cref="InvalidOperationException">The trial has several values: use <see cref="Values"/>.</exception>
    public double? Value
    {
        get => Values switch
        {
            null or [] => null,
            [double value] => value,
            _ => throw new InvalidOperationException($"Trial {Number} has {Values.Count} values: use Values."),
        };
        init => Values = value is { } single ? [single] : null;
    }

    /// <summary>The parameters by name: bool, long, double, string or null.</summary>
    public IReadOnlyDictionary<string, object?> Params { get; init; } = Nothing;

    /// <summary>The ranges that the parameters were drawn from, by name.</summary>
    public IReadOnlyDictionary<string, Distribution> Distributions { get; init; } = new Dictionary<string, Distribution>();

    /// <summary>The reported values by step, in the order of the steps.</summary>
    public IReadOnlyDictionary<long, double> IntermediateValues { get; init; } = new Dictionary<long, double>();

    /// <summary>What the user attached.</summary>
    public IReadOnlyDictionary<string, object?> UserAttrs { get; init; } = Nothing;

    /// <summary>What Optuna's samplers, pruners and callbacks attached.</summary>
    public IReadOnlyDictionary<string, object?> SystemAttrs { get; init; } = Nothing;

    /// <summary>When it started, in the clock of the process that ran it; null while it waits.</summary>
    public DateTime? DatetimeStart { get; init; }

    /// <summary>When it ended, in the clock of the process that ran it; null until then.</summary>
    public DateTime? DatetimeComplete { get; init; }

    /// <summary>How long it took; null until it ended.</summary>
    public TimeSpan? Duration => DatetimeComplete - DatetimeStart;

    /// <summary>The highest step that a value was reported for; null where none was.</summary>
    public long? LastStep => IntermediateValues.Count == 0 ? null : IntermediateValues.Keys.Max();

    /// <summary>How far it violates each constraint: above 0 where it does. By the name that
    /// <see cref="Trial.SetConstraint"/> was given, or by the index in what a sampler's <c>ConstraintsFunc</c> gave.</summary>
    public IReadOnlyDictionary<string, double> Constraints => TrialConstraints.Of(SystemAttrs);

    /// <summary>Whether it keeps all its constraints, as a trial without constraints does.</summary>
    public bool IsFeasible => TrialConstraints.AreKept(SystemAttrs);

    /// <summary>This trial as a Python object, an <c>optuna.trial.FrozenTrial</c> that is made anew each time, to be used under
    /// <c>Py.GIL()</c>. It belongs to no storage. See docs/pythonnet.md.</summary>
    /// <exception cref="PythonStartException">pythonnet cannot be used with this Python.</exception>
    /// <exception cref="PythonCallException">Optuna refuses the trial (<c>ValueError</c>).</exception>
    public PyObject PythonObject
    {
        get
        {
            using PythonHandle trial =
                OptunaRuntime.Current.Glue.Trials.Call("numbered", FrozenTrials.ToPython(this), Number).AsHandle();
            return PythonObjects.Get(trial);
        }
    }

    /// <summary>A trial that Python code handed out.</summary>
    /// <param name="trial">An <c>optuna.trial.FrozenTrial</c>.</param>
    /// <exception cref="ArgumentException">It is of another class.</exception>
    public static FrozenTrial FromPythonObject(PyObject trial)
    {
        TakenObject taken = PythonObjects.Take(trial, "trial.FrozenTrial");
        using (taken.Handle) return FrozenTrials.FromPython(taken.Glue.Trials.Call("freeze", taken.Handle));
    }

    /// <summary>Its number, state, values and parameters, with numbers in no country's form.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{nameof(FrozenTrial)} {{ {nameof(Number)} = {Number}, {nameof(State)} = {State}, " +
        $"{nameof(Values)} = [{string.Join(", ", (Values ?? []).Select(value => value.ToString("R", CultureInfo.InvariantCulture)))}], " +
        $"{nameof(Params)} = {{ {string.Join(", ", Params.Select(pair => FormattableString.Invariant($"{pair.Key} = {pair.Value ?? "null"}")))} }} }}");

    /// <summary>Makes a trial as Optuna's <c>create_trial</c> does: it is checked at once, and gets the times of now.
    /// An object initialiser makes one too, which is checked when it is added to a study.</summary>
    /// <param name="state">Its state. Default <see cref="TrialState.Complete"/>.</param>
    /// <param name="value">Its value; null (the default) for none, or where <paramref name="values"/> is given.</param>
    /// <param name="values">One value for each direction; null (the default) for a single one or none.</param>
    /// <param name="parameters">Its parameters by name. Default none.</param>
    /// <param name="distributions">The ranges of exactly these parameters. Default none.</param>
    /// <param name="userAttrs">What the user attaches. Default nothing.</param>
    /// <param name="systemAttrs">What samplers, pruners and callbacks attach. Default nothing.</param>
    /// <param name="intermediateValues">Reported values by step. Default none.</param>
    /// <exception cref="PythonCallException">Optuna refuses it (<c>ValueError</c>), e.g. a complete trial without a
    /// value.</exception>
    public static FrozenTrial Create(
        TrialState state = TrialState.Complete,
        double? value = null,
        IReadOnlyList<double>? values = null,
        IReadOnlyDictionary<string, object?>? parameters = null,
        IReadOnlyDictionary<string, Distribution>? distributions = null,
        IReadOnlyDictionary<string, object?>? userAttrs = null,
        IReadOnlyDictionary<string, object?>? systemAttrs = null,
        IReadOnlyDictionary<long, double>? intermediateValues = null)
    {
        if (value is not null && values is not null)
            throw new ArgumentException("Give value or values, not both.", nameof(values));
        var trial = new FrozenTrial
        {
            State = state,
            Values = value is { } single ? [single] : values,
            Params = parameters ?? Nothing,
            Distributions = distributions ?? new Dictionary<string, Distribution>(),
            UserAttrs = userAttrs ?? Nothing,
            SystemAttrs = systemAttrs ?? Nothing,
            IntermediateValues = intermediateValues ?? new Dictionary<long, double>(),
        };
        return FrozenTrials.FromPython(
            OptunaRuntime.Current.Glue.Trials.Call("create_trial", FrozenTrials.ToPython(trial)));
    }
}
