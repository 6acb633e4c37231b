using Hpo.Interop.Terminators;

namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>Finds what could still be gained in the course of a study: by Optuna, over a copy in memory.</summary>
/// <param name="asked">One of <see cref="Names"/>.</param>
/// <param name="start">Starts Optuna in another way than by its first use, before each use.</param>
internal sealed class TerminatorFinder(string asked, Action? start = null)
{
    public const string None = "none";

    // The trials that Optuna's terminator waits for.
    private static readonly int MinTrials = new Terminator().MinNTrials;

    // Seeded, so that the same study gives the same report. After 1,000 trials, the Gaussian process takes seconds, that of EMMR a minute.
    private static readonly Dictionary<string, (ImprovementEvaluator Evaluator, int MostEstimates)> Ways = new(StringComparer.Ordinal)
    {
        ["regret-bound"] = (new RegretBoundEvaluator { Seed = 0 }, 25),
        ["emmr"] = (new EmmrEvaluator { Seed = 0 }, 10),
        ["best-value-stagnation"] = (new BestValueStagnationEvaluator(), 25),
    };

    /// <summary>The ways to estimate it.</summary>
    public static readonly IReadOnlyList<string> Names = [None, .. Ways.Keys];

    /// <summary>The estimates for a study, or why there are none; null where they were not asked for.</summary>
    public TerminatorSnapshot? Find(IReadOnlyList<StudyDirection> directions, IReadOnlyList<FrozenTrial> trials)
    {
        if (asked == None) return null;
        if (directions.Count > 1) return Without("Optuna estimates it for one objective only.");
        FrozenTrial[] complete = [.. trials.Where(trial => trial.State == TrialState.Complete && trial.Values is [var value, ..] && double.IsFinite(value))];
        if (complete.Length < 2) return Without("Two complete trials with finite values are needed to tell.");
        (ImprovementEvaluator evaluator, int most) = Ways[asked];
        try
        {
            start?.Invoke();
            using Study study = Study.Create(new StudyOptions { Directions = directions });
            study.AddTrials(complete);
            IReadOnlyList<TerminatorImprovement> estimates = study.Improvements(evaluator, ErrorOf(evaluator, complete), Chosen(complete.Length, most));
            return new TerminatorSnapshot
            {
                Evaluator = evaluator.ClassName,
                MinTrials = MinTrials,
                Complete = complete.Length,
                // The copy has numbers of its own. Where there are too few trials, EMMR answers with half of the greatest number.
                Estimates = [.. estimates.Where(estimate => Math.Abs(estimate.Improvement) < double.MaxValue / 4).Select(estimate => estimate with { Number = complete[estimate.Number].Number })],
            };
        }
        catch (OptunaException exception)
        {
            return Without(exception is PythonCallException { PythonMessage: var message } ? $"Optuna cannot tell: {message}" : exception.Message);
        }
    }

    /// <summary>Why there are no estimates; null where they were not asked for.</summary>
    public TerminatorSnapshot? Without(string reason) => asked == None ? null : new() { Evaluator = Ways[asked].Evaluator.ClassName, MinTrials = MinTrials, Missing = reason };

    // As Optuna's terminator chooses it. The scores of folds have to have been reported.
    private static ErrorEvaluator? ErrorOf(ImprovementEvaluator evaluator, IReadOnlyList<FrozenTrial> complete) => evaluator switch
    {
        BestValueStagnationEvaluator => new StaticErrorEvaluator(0),
        _ => complete.All(trial => trial.SystemAttrs.ContainsKey("terminator:cv_scores")) ? new CrossValidationErrorEvaluator() : null,
    };

    // Evenly spread, the last one among them.
    private static int[] Chosen(int complete, int most)
    {
        int count = Math.Min(complete - 1, most);
        return [.. Enumerable.Range(1, count).Select(i => 1 + (int)Math.Round((complete - 1.0) * i / count)).Distinct()];
    }
}
