
namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>What one study reached, and what that took.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="Trials">The number of trials in each of Optuna's states, by its lower-case name.</param>
/// <param name="Best">The best complete trial, or null.</param>
/// <param name="SecondsInTrials">The durations of all finished trials, summed.</param>
/// <param name="SecondsElapsed">From the start of the first trial to the end of the last one.</param>
/// <param name="Pruning">What pruning saved, or null.</param>
internal sealed record StudyCost(
    string Study,
    IReadOnlyDictionary<string, int> Trials,
    FrozenTrial? Best,
    double SecondsInTrials,
    double SecondsElapsed,
    PruningSaving? Pruning)
{
    /// <summary>The trials that ended: complete, pruned or failed.</summary>
    public int Finished { get; private init; }

    /// <summary>The number of trials in each of Optuna's states, by its lower-case name.</summary>
    public static IReadOnlyDictionary<string, int> CountByState(IReadOnlyList<FrozenTrial> trials) =>
        Enum.GetValues<TrialState>().ToDictionary(
            state => state.ToString().ToLowerInvariant(), state => trials.Count(trial => trial.State == state));

    public static StudyCost Of(string study, StudyDirection direction, IReadOnlyList<FrozenTrial> trials)
    {
        FrozenTrial[] finished = [.. trials.Where(trial => trial.State.IsFinished())];
        FrozenTrial[] timed = [.. finished.Where(trial => trial.Duration is not null)];
        return new StudyCost(
            study,
            CountByState(trials),
            BestTrials.Of(trials, [direction]) is [var best, ..] ? best : null,
            timed.Sum(trial => trial.Duration!.Value.TotalSeconds),
            timed.Length == 0
                ? 0
                : (timed.Max(trial => trial.DatetimeComplete) - timed.Min(trial => trial.DatetimeStart))!.Value.TotalSeconds,
            PruningSaving.Of(trials))
        { Finished = finished.Length };
    }
}

/// <summary>What a study trades against the one that reached the best value.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="Against">The name of the study with the best value.</param>
/// <param name="Worse">By how much its best value is worse, at least 0.</param>
/// <param name="ShareOfTrials">Its finished trials for each one of the other.</param>
/// <param name="ShareOfTime">Its seconds in trials for each one of the other; null where that has none.</param>
internal sealed record TradeOff(string Study, string Against, double Worse, double ShareOfTrials, double? ShareOfTime);

/// <summary>Studies of one objective beside each other.</summary>
/// <param name="Direction">What is better.</param>
/// <param name="Studies">Each study's result and cost, in the order asked for.</param>
/// <param name="TradeOffs">Each study against the one with the best value, where there is one.</param>
internal sealed record StudyComparison(
    StudyDirection Direction, IReadOnlyList<StudyCost> Studies, IReadOnlyList<TradeOff> TradeOffs)
{
    public static StudyComparison Of(StudyDirection direction, IReadOnlyList<StudyCost> studies)
    {
        double Loss(StudyCost study) => direction == StudyDirection.Maximize ? -study.Best!.Value!.Value : study.Best!.Value!.Value;
        StudyCost? winner = studies.Where(study => study.Best is not null).MinBy(Loss);
        return new StudyComparison(direction, studies, winner is null ? [] : [.. studies
            .Where(study => study != winner && study.Best is not null)
            .Select(study => new TradeOff(
                study.Study,
                winner.Study,
                Loss(study) == Loss(winner) ? 0 : Loss(study) - Loss(winner), // two infinities have no difference
                (double)study.Finished / winner.Finished,
                winner.SecondsInTrials > 0 ? study.SecondsInTrials / winner.SecondsInTrials : null))]);
    }
}
