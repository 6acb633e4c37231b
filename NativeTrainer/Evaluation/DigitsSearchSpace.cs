using Hpo.NativeTrainer.Classifiers;

namespace Hpo.NativeTrainer.Evaluation;

/// <summary>The values that the search over the digits tries.</summary>
internal static class DigitsSearchSpace
{
    public static IReadOnlyList<int> NEstimators { get; } = [1, 5, 10, 20, 50, 100, 200];

    public static IReadOnlyList<int> MaxDepth { get; } = [1, 5, 10, 20, 100];

    /// <summary>Every pair, in the order of the lists.</summary>
    public static IReadOnlyList<ForestParameters> Grid { get; } =
        [.. from trees in NEstimators from depth in MaxDepth select new ForestParameters(trees, depth)];
}
