using Hpo.NativeTrainer.Classifiers;
using Hpo.NativeTrainer.Evaluation;

namespace Hpo.NativeTrainer.Commands;

/// <summary>The JSON document of cross-validate.</summary>
internal sealed record CrossValidateDocument(
    CrossValidateDocument.OptionsPart Options,
    IReadOnlyList<CrossValidateDocument.PairPart> Pairs,
    CrossValidateDocument.PairPart Best,
    double TestAccuracy,
    double ElapsedSeconds)
{
    public static CrossValidateDocument From(GridSearchOptions options, GridSearchResult result, TimeSpan elapsed) => new(
        new OptionsPart(options.Model.Name(), options.Folds, options.Seed, options.TestSize, options.Parallelism),
        [.. result.Pairs.Select(Part)],
        Part(result.Best),
        result.TestAccuracy,
        elapsed.TotalSeconds);

    private static PairPart Part(ScoredPair pair) => new(
        pair.Parameters.NEstimators, pair.Parameters.MaxDepth, pair.Score.Mean, pair.Score.Std, pair.Score.FoldScores);

    internal sealed record OptionsPart(string Model, int Folds, ulong Seed, double TestSize, int NJobs);

    internal sealed record PairPart(
        int NEstimators, int MaxDepth, double Mean, double Std, IReadOnlyList<double> FoldScores);
}
