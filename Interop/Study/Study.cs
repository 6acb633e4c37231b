using Hpo.Interop.Bridge;
using Hpo.Interop.Bridge.PythonNet;
using Hpo.Interop.Glue;
using Hpo.Interop.Pruners;
using Hpo.Interop.Samplers;
using Hpo.Interop.Storages;
using Python.Runtime;

namespace Hpo.Interop;

/// <summary>
/// A real Optuna study: sampling, pruning, storage, heartbeats and parallel runs are Optuna's own, and the objective is
/// C#. Safe to use from any thread.
/// </summary>
public sealed partial class Study : IDisposable
{
    private readonly GlueLibrary _glue;
    private readonly PythonHandle _study;

    // Asked for when they are needed: a sampler or a pruner in C# is handed the study at each question.
    internal Study(GlueLibrary glue, PythonHandle study)
    {
        _glue = glue;
        _study = study;
    }

    /// <summary>The study's name.</summary>
    public string Name => field ??= Call("study_name").AsString();

    /// <summary>What is better, for each objective.</summary>
    public IReadOnlyList<StudyDirection> Directions => field ??= StudyDirections.FromPython(Call("directions"));

    /// <summary>What is better.</summary>
    /// <exception cref="InvalidOperationException">The study has several objectives: use <see cref="Directions"/>.</exception>
    public StudyDirection Direction => StudyDirections.Single(Directions);

    /// <summary>All trials, by number.</summary>
    public IReadOnlyList<FrozenTrial> Trials => GetTrials();

    /// <summary>The best complete trial, as the installed Optuna judges: from 4.0 on the best one that keeps the study's
    /// constraints. <see cref="Interop.BestTrials"/> judges so with every version.</summary>
    /// <exception cref="InvalidOperationException">No trial is complete, or none keeps the constraints, or the study has several objectives: use
    /// <see cref="BestTrials"/>.</exception>
    public FrozenTrial BestTrial
    {
        get
        {
            if (Directions.Count > 1)
                throw new InvalidOperationException($"The study has {Directions.Count} objectives: use BestTrials.");
            try
            {
                PythonValue best = Call("best_trial");
                return best.IsNone
                    ? throw new InvalidOperationException($"No trial of the study '{Name}' is complete yet.")
                    : FrozenTrials.FromPython(best);
            }
            catch (PythonCallException exception) when (exception.PythonType == "ValueError")
            {
                throw new InvalidOperationException($"The study '{Name}' has no best trial: {exception.PythonMessage}", exception);
            }
        }
    }

    /// <summary>The trials of the Pareto front, as the installed Optuna judges.</summary>
    public IReadOnlyList<FrozenTrial> BestTrials => FrozenTrials.ListFromPython(Call("best_trials"));

    /// <summary>The value of <see cref="BestTrial"/>.</summary>
    /// <exception cref="InvalidOperationException">No trial is complete, or the study has several objectives.</exception>
    public double BestValue => BestTrial.Value!.Value;

    /// <summary>The parameters of <see cref="BestTrial"/>.</summary>
    /// <exception cref="InvalidOperationException">No trial is complete, or the study has several objectives.</exception>
    public IReadOnlyDictionary<string, object?> BestParams => BestTrial.Params;

    /// <summary>The names of the objectives; null where none were set.</summary>
    /// <exception cref="OptunaFeatureException">The installed Optuna is older than 3.4.</exception>
    public IReadOnlyList<string>? MetricNames
    {
        get
        {
            PythonValue names = Call("metric_names");
            return names.IsNone ? null : Array.ConvertAll(names.AsList(), name => name.AsString());
        }
    }

    /// <summary>What the user attached to the study.</summary>
    public IReadOnlyDictionary<string, object?> UserAttrs =>
        Objects.FromPythonMap(_glue.Trials.Call("user_attrs", _study));

    /// <summary>What Optuna and its dashboard attached to the study.</summary>
    internal IReadOnlyDictionary<string, object?> SystemAttrs => Objects.FromPythonMap(Call("system_attrs"));

    internal PythonHandle Handle => _study;

    /// <summary>The Python study itself, an <c>optuna.study.Study</c>, for whatever this class lacks: a new reference, to be
    /// used under <c>Py.GIL()</c>. See docs/pythonnet.md.</summary>
    /// <exception cref="PythonStartException">pythonnet cannot be used with this Python.</exception>
    public PyObject PythonObject => PythonObjects.Get(_study);

    /// <summary>The study of a Python object, as <see cref="FromPythonObject"/> gives it.</summary>
    public static implicit operator Study(PyObject study) => FromPythonObject(study);

    /// <summary>A study that Python code made.</summary>
    /// <param name="study">An <c>optuna.study.Study</c>; the result has a reference of its own.</param>
    /// <exception cref="ArgumentException">It is of another class.</exception>
    public static Study FromPythonObject(PyObject study)
    {
        TakenObject taken = PythonObjects.Take(study, "study.Study");
        return new Study(taken.Glue, taken.Handle);
    }

    /// <summary>Creates a study, or goes on with an existing one.</summary>
    /// <param name="options">What it is made of; null for an in-memory study that minimises.</param>
    /// <exception cref="DuplicatedStudyException">It exists, and <see cref="StudyOptions.LoadIfExists"/> is false.</exception>
    /// <exception cref="DirectionMismatchException">It exists with other directions.</exception>
    /// <exception cref="StorageException">The storage failed.</exception>
    /// <exception cref="PythonStartException">Python or Optuna cannot be used.</exception>
    public static Study Create(StudyOptions? options = null)
    {
        options ??= new StudyOptions();
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        StudyDirection[] directions = options.Directions.Count == 0 ? [StudyDirection.Minimize] : [.. options.Directions];
        Study study;
        try
        {
            study = new Study(glue, glue.Studies.Call(
                "create_study",
                options.Name,
                StorageHandles.Get(glue, options.Storage ?? new InMemoryStorage()),
                Components.Build(glue, options.Sampler),
                Components.Build(glue, options.Pruner),
                PythonValue.List(directions, direction => direction.Name()),
                options.LoadIfExists).AsHandle());
        }
        catch (PythonCallException exception) when (OptunaErrors.IsDuplicatedStudy(exception))
        {
            throw new DuplicatedStudyException(exception.Error, options.Name!);
        }
        if (options.Directions.Count > 0 && !study.Directions.SequenceEqual(directions))
            throw new DirectionMismatchException(study.Name, study.Directions, directions);
        return study;
    }

    /// <summary>Loads an existing study.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="storage">Where it is kept.</param>
    /// <param name="sampler">How further hyperparameters are chosen; null for Optuna's choice.</param>
    /// <param name="pruner">How unpromising trials are found; null for Optuna's choice.</param>
    /// <exception cref="StudyNotFoundException">The storage has no study of that name.</exception>
    /// <exception cref="StorageException">The storage failed.</exception>
    /// <exception cref="PythonStartException">Python or Optuna cannot be used.</exception>
    public static Study Load(string name, Storage storage, Sampler? sampler = null, Pruner? pruner = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(storage);
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        return Existing(name, storage, handle => new Study(glue, glue.Studies.Call(
            "load_study", name, handle, Components.Build(glue, sampler), Components.Build(glue, pruner)).AsHandle()));
    }

    /// <summary>The trials in some states, by number.</summary>
    /// <param name="states">The states; none for all.</param>
    public IReadOnlyList<FrozenTrial> GetTrials(params IReadOnlyList<TrialState> states)
    {
        ArgumentNullException.ThrowIfNull(states);
        return FrozenTrials.ListFromPython(Call(
            "trials",
            states.Count == 0 ? PythonValue.None : PythonValue.List(states, state => state.Name())));
    }

    /// <summary>All trials as a table with typed columns. Optuna's <c>trials_dataframe</c>.</summary>
    public TrialsTable TrialsTable() => Interop.TrialsTable.From(Trials, Directions.Count);

    /// <summary>Attaches a value to the study.</summary>
    /// <param name="key">Its name.</param>
    /// <param name="value">null, bool, int, long, double, string, or lists and string-keyed dictionaries of these.</param>
    /// <exception cref="ArgumentException">The value is of another type.</exception>
    public void SetUserAttr(string key, object? value) =>
        _glue.Trials.Call("set_user_attr", _study, key, Objects.ToPython(value));

    /// <summary>Adds a trial that was made elsewhere.</summary>
    /// <param name="trial">A finished or waiting trial; it gets a new number.</param>
    public void AddTrial(FrozenTrial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        Call("add_trial", FrozenTrials.ToPython(trial));
    }

    /// <summary>Adds trials that were made elsewhere.</summary>
    /// <param name="trials">Finished or waiting trials; they get new numbers.</param>
    public void AddTrials(IEnumerable<FrozenTrial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        Call("add_trials", PythonValue.List(trials, trial => FrozenTrials.ToPython(trial)));
    }

    /// <summary>Lets one of the next trials use given parameters; the rest are sampled.</summary>
    /// <param name="parameters">Some or all parameters by name.</param>
    /// <param name="userAttrs">What to attach to the trial.</param>
    /// <param name="skipIfExists">Whether to do nothing where such a trial exists. Default false.</param>
    public void EnqueueTrial(
        IEnumerable<KeyValuePair<string, object?>> parameters,
        IEnumerable<KeyValuePair<string, object?>>? userAttrs = null,
        bool skipIfExists = false) =>
        Call("enqueue_trial", Objects.ToPython(parameters), Objects.ToPython(userAttrs ?? []), skipIfExists);

    /// <summary>Names the objectives, for plots and tables.</summary>
    /// <param name="metricNames">One name for each of <see cref="Directions"/>.</param>
    /// <exception cref="PythonCallException">Their number differs from that of the objectives (<c>ValueError</c>).</exception>
    /// <exception cref="OptunaFeatureException">The installed Optuna is older than 3.2.</exception>
    public void SetMetricNames(params IReadOnlyList<string> metricNames) =>
        Call("set_metric_names", PythonValue.List(metricNames, name => name));

    /// <summary>Fails the running trials whose worker sends no heartbeat any more. A study whose storage has a heartbeat
    /// does it itself before each trial.</summary>
    public void FailStaleTrials() => Call("fail_stale_trials");

    /// <summary>Releases the Python study; what is stored stays.</summary>
    public void Dispose() => _study.Dispose();

    private PythonValue Call(string function, params ReadOnlySpan<PythonValue> arguments) =>
        _glue.Studies.CallOn(_study, function, arguments);
}
