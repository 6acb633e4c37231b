using Hpo.Interop.Terminators;

namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>Finds what could still be gained in the course of a study: by Optuna, over a copy in memory.</summary>
/// <param name="asked">One of <see cref="Names"/>.</param>
internal sealed class TerminatorFinder(string asked)
{
    public const string None = "none";

    /// <summary>How many trials are judged at most: a Gaussian process takes up to seconds for each.</summary>
    private const int MostEstimates = 25;

    // The trials that Optuna's terminator waits for.
    private static readonly int MinTrials = new Terminator().MinNTrials;

    // Seeded, so that the same study gives the same report.
    private static readonly Dictionary<string, ImprovementEvaluator> Evaluators = new(StringComparer.Ordinal)
    {
        ["regret-bound"] = new RegretBoundEvaluator { Seed = 0 },
        ["emmr"] = new EmmrEvaluator { Seed = 0 },
        ["best-value-stagnation"] = new BestValueStagnationEvaluator(),
    };

    /// <summary>The ways to estimate it.</summary>
    public static readonly IReadOnlyList<string> Names = [None, .. Evaluators.Keys];

    /// <summary>The estimates for a study, or why there are none; null where they were not asked for.</summary>
    public TerminatorSnapshot? Find(IReadOnlyList<StudyDirection> directions, IReadOnlyList<FrozenTrial> trials)
    {
        if (asked == None) return null;
        if (directions.Count > 1) return Without("Optuna estimates it for one objective only.");
        FrozenTrial[] complete = [.. trials.Where(trial => trial.State == TrialState.Complete && trial.Values is [var value, ..] && double.IsFinite(value))];
        if (complete.Length < 2) return Without("Two complete trials with finite values are needed to tell.");
        ImprovementEvaluator evaluator = Evaluators[asked];
        try
        {
            using Study study = Study.Create(new StudyOptions { Directions = directions });
            study.AddTrials(complete);
            IReadOnlyList<TerminatorImprovement> estimates = study.Improvements(evaluator, ErrorOf(evaluator, complete), Chosen(complete.Length));
            return new TerminatorSnapshot
            {
                Evaluator = evaluator.ClassName,
                MinTrials = MinTrials,
                Complete = complete.Length,
                // The copy has numbers of its own.
                Estimates = [.. estimates.Select(estimate => estimate with { Number = complete[estimate.Number].Number })],
            };
        }
        catch (OptunaException exception)
        {
            return Without(exception is PythonCallException { PythonMessage: var message } ? $"Optuna cannot tell: {message}" : exception.Message);
        }
    }

    /// <summary>Why there are no estimates; null where they were not asked for.</summary>
    public TerminatorSnapshot? Without(string reason) => asked == None ? null : new() { Evaluator = Evaluators[asked].ClassName, MinTrials = MinTrials, Missing = reason };

    // As Optuna's terminator chooses it. The scores of folds have to have been reported.
    private static ErrorEvaluator? ErrorOf(ImprovementEvaluator evaluator, IReadOnlyList<FrozenTrial> complete) => evaluator switch
    {
        BestValueStagnationEvaluator => new StaticErrorEvaluator(0),
        _ => complete.All(trial => trial.SystemAttrs.ContainsKey("terminator:cv_scores")) ? new CrossValidationErrorEvaluator() : null,
    };

    // Evenly spread, the last one among them.
    private static int[] Chosen(int complete)
    {
        int count = Math.Min(complete - 1, MostEstimates);
        return [.. Enumerable.Range(1, count).Select(i => 1 + (int)Math.Round((complete - 1.0) * i / count)).Distinct()];
    }
}
