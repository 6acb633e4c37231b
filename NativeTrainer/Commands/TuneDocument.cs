using Hpo.Interop;
using Hpo.Interop.Reporting.Commands;
using Hpo.Interop.Reporting.Snapshots;

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
            StudyCost.CountByState(trials),
            BestTrials.Of(trials, study.Directions) is [var best, ..] ? TrialPart.From(best) : null,
            elapsed.TotalSeconds);
    }
}
