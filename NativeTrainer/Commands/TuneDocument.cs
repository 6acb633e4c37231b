using Hpo.Interop;
using Hpo.Interop.Reporting.Commands;

namespace Hpo.NativeTrainer.Commands;

/// <summary>The JSON document of tune.</summary>
internal sealed record TuneDocument(
    string Study,
    string Storage,
    string Sampler,
    string Pruner,
    long? Seed,
    IReadOnlyDictionary<string, int> Trials,
    TrialPart? Best,
    double ElapsedSeconds)
{
    public static TuneDocument From(Study study, StudyRun run, TimeSpan elapsed)
    {
        IReadOnlyList<FrozenTrial> trials = study.Trials;
        return new TuneDocument(
            study.Name,
            run.Target.Url.Masked,
            run.Sampler,
            run.Pruner,
            run.Seed,
            CountByState(trials),
            BestTrials.Of(trials, study.Directions) is [var best, ..] ? TrialPart.From(best) : null,
            elapsed.TotalSeconds);
    }

    /// <summary>The number of trials in each of Optuna's states, by its lower-case name.</summary>
    public static IReadOnlyDictionary<string, int> CountByState(IReadOnlyList<FrozenTrial> trials) =>
        Enum.GetValues<TrialState>().ToDictionary(
            state => state.ToString().ToLowerInvariant(), state => trials.Count(trial => trial.State == state));
}
