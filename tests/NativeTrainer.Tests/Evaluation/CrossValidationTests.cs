using Hpo.NativeTrainer.Classifiers;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Evaluation;

namespace Hpo.NativeTrainer.Tests.Evaluation;

public sealed class CrossValidationTests
{
    private static readonly ByteDataset Digits = DigitsDataset.Load();
    private static readonly TrainTestSplit Split = TrainTestSplit.Shuffled(Digits.RowCount, 0.1, 0);
    private static readonly IReadOnlyList<Fold> Folds = KFold.Split(Split.Train, 5);

    [Fact]
    public void The_forest_reaches_the_accuracy_that_is_known_for_the_digits()
    {
        CrossValidationScore score = Validation().RunAll([new ForestParameters(100, 20)], 2, cancellation: Cancellation)[0];

        score.Mean.Should().BeInRange(0.96, 0.985);
        score.FoldScores.Should().HaveCount(5);
        score.Std.Should().BeInRange(0.001, 0.03);
    }

    [Fact]
    public void Mean_and_deviation_are_those_of_numpy()
    {
        var score = new CrossValidationScore([0.9, 0.95, 1.0, 0.85]);

        score.Mean.Should().BeApproximately(0.925, 1e-15);
        score.Std.Should().BeApproximately(0.05590169943749473, 1e-15, "numpy.std divides by n");
    }

    [Fact]
    public void A_score_depends_neither_on_threads_nor_on_what_else_is_scored()
    {
        var parameters = new ForestParameters(10, 10);

        CrossValidationScore alone = Validation().RunAll([parameters], 1, cancellation: Cancellation)[0];
        IReadOnlyList<CrossValidationScore> all =
            Validation().RunAll([new(5, 5), parameters, new(20, 1)], 3, cancellation: Cancellation);

        all[1].FoldScores.Should().Equal(alone.FoldScores);
        all[0].FoldScores.Should().NotEqual(alone.FoldScores);
    }

    [Fact]
    public void Every_fold_is_reported()
    {
        var reported = new System.Collections.Concurrent.ConcurrentBag<double>();

        IReadOnlyList<CrossValidationScore> scores =
            Validation().RunAll([new(1, 2), new(2, 3)], 2, reported.Add, Cancellation);

        reported.Order().Should().Equal(scores.SelectMany(score => score.FoldScores).Order());
    }

    [Fact]
    public void Cancelling_stops_the_search_between_fits()
    {
        using var source = new CancellationTokenSource();
        int fits = 0;

        FluentActions.Invoking(() => Validation().RunAll(
                DigitsSearchSpace.Grid,
                1,
                _ =>
                {
                    fits++;
                    source.Cancel();
                },
                source.Token))
            .Should().Throw<OperationCanceledException>();

        fits.Should().Be(1);
    }

    [Fact]
    public void The_search_space_is_the_whole_grid()
    {
        DigitsSearchSpace.Grid.Should().HaveCount(35).And.OnlyHaveUniqueItems();
        DigitsSearchSpace.Grid[0].Should().Be(new ForestParameters(1, 1));
        DigitsSearchSpace.Grid[^1].Should().Be(new ForestParameters(200, 100));
    }

    [Fact]
    public void The_best_pair_is_tested_on_the_rows_set_aside()
    {
        var options = new GridSearchOptions { Grid = [new(1, 1), new(30, 20), new(1, 5)], Parallelism = 2 };

        GridSearchResult result = GridSearch.Run(Digits, options, cancellation: Cancellation);

        result.Best.Parameters.Should().Be(new ForestParameters(30, 20));
        result.Best.Should().BeSameAs(result.Pairs[1]);
        result.TestAccuracy.Should().BeInRange(0.92, 1);
        (result.TestAccuracy * 180 % 1).Should().BeApproximately(0, 1e-9, "180 rows were set aside");
    }

    private static CrossValidation Validation() => new(Digits, Folds, ModelKind.Forest, seed: 3);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
