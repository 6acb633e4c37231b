using Hpo.Interop;
using Hpo.Interop.Reporting.Commands;
using Hpo.Interop.Reporting.Snapshots;

namespace Hpo.NativeTrainer.Commands;

/// <summary>The JSON document of tune.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="Storage">Its storage, without the password.</param>
/// <param name="Sampler">How hyperparameters were chosen.</param>
/// <param name="Pruner">How unpromising trials were ended.</param>
/// <param name="Seed">The sampler's seed, or null.</param>
/// <param name="Trials">The number of trials in each state.</param>
/// <param name="Best">The best trial; null where there is none, or several objectives.</param>
/// <param name="Front">With several objectives the Pareto front, else null.</param>
/// <param name="ElapsedSeconds">How long it took.</param>
internal sealed record TuneDocument(
    string Study,
    string Storage,
    string Sampler,
    string Pruner,
    long? Seed,
    IReadOnlyDictionary<string, int> Trials,
    TrialPart? Best,
    IReadOnlyList<ResultsDocument.BestPart>? Front,
    double ElapsedSeconds)
{
    public static TuneDocument From(Study study, StudyRun run, TimeSpan elapsed)
    {
        IReadOnlyList<FrozenTrial> trials = study.Trials;
        IReadOnlyList<FrozenTrial> best = BestTrials.Of(trials, study.Directions);
        bool isSingle = study.Directions.Count == 1;
        return new TuneDocument(
            study.Name,
            run.Target.Url.Masked,
            run.Sampler,
            run.Pruner,
            run.Seed,
            StudyCost.CountByState(trials),
            isSingle && best is [var first, ..] ? TrialPart.From(first) : null,
            isSingle ? null : [.. best.Select(ResultsDocument.BestPart.From)],
            elapsed.TotalSeconds);
    }
}
