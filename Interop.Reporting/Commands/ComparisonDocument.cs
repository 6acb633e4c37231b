using Hpo.Interop.Reporting.Snapshots;

namespace Hpo.Interop.Reporting.Commands;

/// <summary>The JSON document of compare.</summary>
internal sealed record ComparisonDocument(
    string Direction, IReadOnlyList<ComparisonDocument.StudyPart> Studies, IReadOnlyList<TradeOff> TradeOffs)
{
    public static ComparisonDocument From(StudyComparison comparison) => new(
        comparison.Direction.Name(),
        [.. comparison.Studies.Select(study => new StudyPart(
            study.Study,
            study.Trials,
            study.Best is { } best ? TrialPart.From(best) : null,
            study.SecondsInTrials,
            study.SecondsElapsed,
            PruningPart.From(study.Pruning)))],
        comparison.TradeOffs);

    internal sealed record StudyPart(
        string Study,
        IReadOnlyDictionary<string, int> Trials,
        TrialPart? Best,
        double SecondsInTrials,
        double SecondsElapsed,
        PruningPart? Pruning);
}

/// <summary>What pruning saved, in a JSON document: counts of steps, and the saved share in [0, 1).</summary>
internal sealed record PruningPart(int PrunedTrials, long Steps, long StepsWithoutPruning, double SavedShare)
{
    public static PruningPart? From(PruningSaving? saving) => saving is null
        ? null
        : new PruningPart(saving.PrunedTrials, saving.Steps, saving.StepsWithoutPruning, saving.Share);
}

/// <summary>A trial in a JSON document.</summary>
internal sealed record TrialPart(int Number, double? Value, IReadOnlyDictionary<string, object?> Params)
{
    public static TrialPart From(FrozenTrial trial) => new(trial.Number, trial.Value, trial.Params);
}
