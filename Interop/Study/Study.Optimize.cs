using System.Runtime.CompilerServices;
using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop;

public sealed partial class Study
{
    /// <summary>Runs trials, one after the other.</summary>
    /// <param name="objective">Turns a trial into its value. It runs with the GIL released.</param>
    /// <param name="nTrials">How many.</param>
    /// <param name="cancellationToken">Ends the run: see
    /// <see cref="Optimize(Func{Trial, double}, OptimizeOptions, CancellationToken)"/>.</param>
    public void Optimize(Func<Trial, double> objective, int nTrials, CancellationToken cancellationToken = default) =>
        Optimize(objective, new OptimizeOptions { NTrials = nTrials }, cancellationToken);

    /// <summary>Runs trials with Optuna's own <c>Study.optimize</c>.</summary>
    /// <param name="objective">Turns a trial into its value. It runs with the GIL released, with
    /// <see cref="OptimizeOptions.NJobs"/> above 1 on several threads. NaN fails the trial;
    /// <see cref="TrialPrunedException"/> prunes it; another exception fails it and ends the run, unless
    /// <see cref="OptimizeOptions.Catch"/> names its type.</param>
    /// <param name="options">How to run.</param>
    /// <param name="cancellationToken">Ends the run: no further trial starts, and a running one fails at its next
    /// suggestion or report, or when its objective throws; no trial is left RUNNING.</param>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    /// <exception cref="StorageException">The storage failed.</exception>
    // An objective that only throws fits both overloads.
    [OverloadResolutionPriority(1)]
    public void Optimize(
        Func<Trial, double> objective, OptimizeOptions options, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Run(trial => objective(trial), options, cancellationToken);
    }

    /// <summary>Runs trials with several values each.</summary>
    /// <param name="objective">Turns a trial into one value for each of <see cref="Directions"/>.</param>
    /// <param name="options">How to run.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    /// <inheritdoc cref="Optimize(Func{Trial, double}, OptimizeOptions, CancellationToken)"/>
    public void Optimize(
        Func<Trial, IReadOnlyList<double>> objective,
        OptimizeOptions options,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(objective);
        Run(trial => PythonValue.List(objective(trial), value => value), options, cancellationToken);
    }

    /// <summary>Runs trials on a thread of their own.</summary>
    /// <inheritdoc cref="Optimize(Func{Trial, double}, OptimizeOptions, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public Task OptimizeAsync(
        Func<Trial, double> objective, OptimizeOptions options, CancellationToken cancellationToken = default) =>
        OnThread(() => Optimize(objective, options, cancellationToken), cancellationToken);

    /// <summary>Runs trials with several values each on a thread of their own.</summary>
    /// <inheritdoc cref="Optimize(Func{Trial, IReadOnlyList{double}}, OptimizeOptions, CancellationToken)"/>
    public Task OptimizeAsync(
        Func<Trial, IReadOnlyList<double>> objective,
        OptimizeOptions options,
        CancellationToken cancellationToken = default) =>
        OnThread(() => Optimize(objective, options, cancellationToken), cancellationToken);

    /// <summary>Lets the running <c>Optimize</c> end when its current trials have. From any thread.</summary>
    public void Stop() => Call("request_stop");

    /// <summary>Starts a trial whose objective is evaluated by the caller, who ends it with
    /// <see cref="Tell(Trial, double)"/>.</summary>
    /// <param name="fixedDistributions">Parameters to suggest at once, by name; they are then in
    /// <see cref="Trial.Params"/>.</param>
    public Trial Ask(IEnumerable<KeyValuePair<string, Distribution>>? fixedDistributions = null)
    {
        PythonValue[] answer = Call(
            "ask", fixedDistributions is null ? PythonValue.None : FrozenTrials.ToPython(fixedDistributions)).AsList();
        return new Trial(_glue, answer[0].AsHandle(), checked((int)answer[1].AsInteger()));
    }

    /// <summary>Ends a trial of <see cref="Ask"/> with its value.</summary>
    public FrozenTrial Tell(Trial trial, double value) => Tell(trial, [value]);

    /// <summary>Ends a trial of <see cref="Ask"/> with its values, or in a state without one.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="values">One value for each direction; null with a state other than Complete.</param>
    /// <param name="state">The state; null (the default) for Complete.</param>
    /// <param name="skipIfFinished">Whether to do nothing where it is finished already. Default false.</param>
    public FrozenTrial Tell(
        Trial trial, IReadOnlyList<double>? values, TrialState? state = null, bool skipIfFinished = false)
    {
        ArgumentNullException.ThrowIfNull(trial);
        return Tell(trial.Handle, values, state, skipIfFinished);
    }

    /// <summary>Ends a trial, which another process may have asked for, by its number.</summary>
    /// <inheritdoc cref="Tell(Trial, IReadOnlyList{double}, TrialState?, bool)"/>
    public FrozenTrial Tell(
        int trial, IReadOnlyList<double>? values, TrialState? state = null, bool skipIfFinished = false) =>
        Tell((PythonValue)trial, values, state, skipIfFinished);

    private FrozenTrial Tell(PythonValue trial, IReadOnlyList<double>? values, TrialState? state, bool skipIfFinished) =>
        FrozenTrials.FromPython(Call(
            "tell",
            trial,
            values is null ? PythonValue.None : PythonValue.List(values, value => value),
            state is { } known ? known.Name() : PythonValue.None,
            skipIfFinished));

    private void Run(Func<Trial, PythonValue> objective, OptimizeOptions options, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        cancellationToken.ThrowIfCancellationRequested();

        var runner = new ObjectiveRunner(_glue, objective, options.Catch, cancellationToken);
        using PythonHandle callable = _glue.Bridge.CreateCallback(runner.Run);
        PythonHandle[] callbacks = [.. options.Callbacks.Select(CreateCallback)];
        using CancellationTokenRegistration registration = cancellationToken.Register(Stop);
        try
        {
            Call(
                "optimize",
                callable,
                PythonValue.Optional(options.NTrials),
                PythonValue.Optional(options.Timeout?.TotalSeconds),
                options.NJobs,
                PythonValue.List(callbacks, callback => callback),
                options.GcAfterTrial,
                options.ShowProgressBar,
                PythonValue.Optional(options.TotalTrials),
                PythonValue.List(options.CountedStates, state => state.Name()));
        }
        finally
        {
            foreach (PythonHandle callback in callbacks) callback.Dispose();
        }
        cancellationToken.ThrowIfCancellationRequested();
    }

    private PythonHandle CreateCallback(Action<Study, FrozenTrial> callback) =>
        _glue.Bridge.CreateCallback(arguments => callback(this, FrozenTrials.FromPython(arguments[0])));

    // A thread of the pool would be blocked for as long as the study runs.
    private static Task OnThread(Action run, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(run, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
}
