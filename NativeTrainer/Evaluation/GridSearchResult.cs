using Hpo.NativeTrainer.Classifiers;

namespace Hpo.NativeTrainer.Evaluation;

/// <summary>A pair of the grid and its cross-validation.</summary>
internal sealed record ScoredPair(ForestParameters Parameters, CrossValidationScore Score);

/// <summary>What a grid search found.</summary>
/// <param name="Pairs">Every pair, in the order of the grid.</param>
/// <param name="Best">The pair with the highest mean accuracy.</param>
/// <param name="TestAccuracy">Accuracy, in [0, 1], of the best pair on the test part, trained on the training part.</param>
internal sealed record GridSearchResult(IReadOnlyList<ScoredPair> Pairs, ScoredPair Best, double TestAccuracy);
