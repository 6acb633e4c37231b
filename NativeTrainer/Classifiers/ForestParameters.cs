namespace Hpo.NativeTrainer.Classifiers;

/// <summary>What the search varies.</summary>
/// <param name="NEstimators">Number of trees (for boosting: of rounds), at least 1.</param>
/// <param name="MaxDepth">Greatest depth of a tree, at least 1.</param>
internal sealed record ForestParameters(int NEstimators, int MaxDepth);
