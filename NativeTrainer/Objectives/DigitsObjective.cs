using Hpo.Interop;
using Hpo.NativeTrainer.Classifiers;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Evaluation;

namespace Hpo.NativeTrainer.Objectives;

/// <summary>Turns a trial into the mean accuracy of a cross-validation on the digits.</summary>
internal sealed class DigitsObjective
{
    private const string NEstimators = "n_estimators";
    private const string MaxDepth = "max_depth";

    private readonly CrossValidation _validation;
    private readonly int _threads;

    /// <param name="data">The digits.</param>
    /// <param name="settings">What the scores depend on.</param>
    /// <param name="threads">Threads for one trial, at least 1; no score depends on it.</param>
    public DigitsObjective(ByteDataset data, DigitsSettings settings, int threads)
    {
        IReadOnlyList<Fold> folds = KFold.Split(settings.Split(data).Train, settings.Folds);
        _validation = new CrossValidation(data, folds, settings.Model, settings.SplitSeed);
        _threads = threads;
    }

    /// <summary>The grid of the exhaustive search, for a grid sampler.</summary>
    public static IReadOnlyDictionary<string, IReadOnlyList<object?>> Grid { get; } =
        new Dictionary<string, IReadOnlyList<object?>>
        {
            [NEstimators] = [.. DigitsSearchSpace.NEstimators.Cast<object?>()],
            [MaxDepth] = [.. DigitsSearchSpace.MaxDepth.Cast<object?>()],
        };

    /// <summary>The hyperparameters of a finished trial.</summary>
    public static ForestParameters ParametersOf(FrozenTrial trial) =>
        new(checked((int)(long)trial.Params[NEstimators]!), checked((int)(long)trial.Params[MaxDepth]!));

    /// <summary>Asks the trial for its hyperparameters.</summary>
    public static ForestParameters Suggest(Trial trial) => new(
        trial.SuggestInt(NEstimators, DigitsSearchSpace.NEstimators.Min(), DigitsSearchSpace.NEstimators.Max()),
        trial.SuggestInt(MaxDepth, DigitsSearchSpace.MaxDepth.Min(), DigitsSearchSpace.MaxDepth.Max(), log: true));

    /// <summary>Reports the mean so far after each fold.</summary>
    /// <exception cref="TrialPrunedException">The study's pruner ends the trial.</exception>
    public double Run(Trial trial)
    {
        ForestParameters parameters = Suggest(trial);
        var scores = new List<double>();
        foreach (double score in _validation.InOrder(parameters, _threads, trial.CancellationToken))
        {
            scores.Add(score);
            trial.Report(scores.Average(), scores.Count - 1);
            if (scores.Count < _validation.FoldCount && trial.ShouldPrune()) throw new TrialPrunedException();
        }
        return scores.Average();
    }
}
