using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop;

/// <summary>
/// Stops the study when it has a number of trials, counted over all workers. Optuna's <c>MaxTrialsCallback</c>: parallel
/// workers overshoot by the trials in flight, which <see cref="OptimizeOptions.TotalTrials"/> does not.
/// </summary>
/// <param name="NTrials">The number of trials.</param>
public sealed record MaxTrialsCallback(int NTrials) : StudyCallback
{
    /// <summary>The states that count; null for all. Default <see cref="TrialState.Complete"/>.</summary>
    public IReadOnlyList<TrialState>? States { get; init; } = [TrialState.Complete];

    internal override string Module => "study";

    internal override string ClassName => "MaxTrialsCallback";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.AddRequired("n_trials", NTrials);
        bool isDefault = States is [TrialState.Complete];
        arguments.AddAdapted(
            "states",
            isDefault ? null : () => States is null ? PythonValue.None : PythonValue.List(States, state => state.Name()),
            "trial_states");
    }
}
