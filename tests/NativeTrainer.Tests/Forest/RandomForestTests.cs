using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Forest;

namespace Hpo.NativeTrainer.Tests.Forest;

public sealed class RandomForestTests
{
    private static readonly ByteDataset Digits = DigitsDataset.Load();
    private static readonly TrainTestSplit Split = TrainTestSplit.Shuffled(Digits.RowCount, 0.1, 0);
    private static readonly int[] Train = [.. Split.Train];
    private static readonly int[] Test = [.. Split.Test];

    [Theory]
    [InlineData(2)]
    [InlineData(7)]
    public void A_forest_does_not_depend_on_the_number_of_threads(int parallelism)
    {
        var options = new RandomForestOptions { NEstimators = 15, Seed = 4 };

        RandomForestModel alone = RandomForest.Fit(Digits, Train, options, Cancellation);
        RandomForestModel together = RandomForest.Fit(Digits, Train, options with { Parallelism = parallelism }, Cancellation);

        together.PredictProbabilities(Digits, Test).Should().Equal(alone.PredictProbabilities(Digits, Test));
    }

    [Fact]
    public void Another_seed_gives_another_forest()
    {
        var options = new RandomForestOptions { NEstimators = 5, Seed = 4 };

        double[] first = RandomForest.Fit(Digits, Train, options, Cancellation).PredictProbabilities(Digits, Test);
        double[] second = RandomForest.Fit(Digits, Train, options with { Seed = 5 }, Cancellation)
            .PredictProbabilities(Digits, Test);

        second.Should().NotEqual(first);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(8)]
    public void No_tree_is_deeper_than_allowed(int maxDepth)
    {
        var options = new RandomForestOptions { NEstimators = 10, MaxDepth = maxDepth };

        RandomForestModel forest = RandomForest.Fit(Digits, Train, options, Cancellation);

        forest.Trees.Should().OnlyContain(tree => tree.Depth == maxDepth, "the digits need more than that");
    }

    [Fact]
    public void A_full_tree_on_all_rows_knows_its_training_rows_by_heart()
    {
        var options = new RandomForestOptions { NEstimators = 1, Bootstrap = false };

        RandomForestModel forest = RandomForest.Fit(Digits, Train, options, Cancellation);

        forest.Predict(Digits, Train).Should().Equal(Train.Select(row => Digits.Labels[row]));
    }

    [Fact]
    public void A_full_tree_leaves_contradicting_rows_in_one_leaf()
    {
        var data = new ByteDataset([1, 1, 1, 2], [0, 1, 1, 2], 1, 3);
        var options = new RandomForestOptions { NEstimators = 1, Bootstrap = false };

        RandomForestModel forest = RandomForest.Fit(data, [0, 1, 2, 3], options, Cancellation);

        forest.PredictProbabilities(data, [0, 3]).Should().Equal(1 / 3.0, 2 / 3.0, 0, 0, 0, 1);
    }

    [Fact]
    public void Probabilities_sum_to_one_and_the_prediction_is_the_greatest()
    {
        var options = new RandomForestOptions { NEstimators = 12, MaxDepth = 4 };
        RandomForestModel forest = RandomForest.Fit(Digits, Train, options, Cancellation);

        double[][] probabilities = [.. forest.PredictProbabilities(Digits, Test).Chunk(Digits.ClassCount)];

        probabilities.Should().OnlyContain(row => Math.Abs(row.Sum() - 1) < 1e-12);
        forest.Predict(Digits, Test).Should().Equal(probabilities.Select(row => (byte)Array.IndexOf(row, row.Max())));
    }

    [Fact]
    public void Rows_of_one_class_give_that_class()
    {
        int[] sevens = [.. Train.Where(row => Digits.Labels[row] == 7)];

        RandomForestModel forest = RandomForest.Fit(Digits, sevens, new RandomForestOptions { NEstimators = 3 }, Cancellation);

        forest.Predict(Digits, Test).Should().OnlyContain(label => label == 7);
        forest.Trees.Select(tree => tree.Nodes.Length).Should().AllBeEquivalentTo(1);
    }

    [Fact]
    public void Constant_features_give_the_shares_of_the_classes()
    {
        var data = new ByteDataset([5, 5, 5, 5], [0, 1, 1, 1], 1, 2);
        var options = new RandomForestOptions { NEstimators = 3, Bootstrap = false };

        RandomForestModel forest = RandomForest.Fit(data, [0, 1, 2, 3], options, Cancellation);

        forest.PredictProbabilities(data, [0]).Should().Equal(0.25, 0.75);
    }

    [Fact]
    public void The_search_goes_on_past_constant_features()
    {
        const int Features = 50;
        var rows = new byte[2 * Features];
        rows[Features + 37] = 1;
        var data = new ByteDataset(rows, [0, 1], Features, 2);
        var options = new RandomForestOptions { NEstimators = 20, MaxFeatures = 1, Bootstrap = false };

        RandomForestModel forest = RandomForest.Fit(data, [0, 1], options, Cancellation);

        forest.Trees.Select(tree => tree.Nodes.Length).Should().AllBeEquivalentTo(3);
        forest.Trees.Select(tree => tree.Nodes[0].Feature).Should().AllBeEquivalentTo(37);
    }

    [Fact]
    public void One_row_is_enough()
    {
        RandomForestModel forest = RandomForest.Fit(Digits, [10], new RandomForestOptions { NEstimators = 2 }, Cancellation);

        byte label = Digits.Labels[10];
        forest.Predict(Digits, [10, 11]).Should().Equal(label, label);
    }

    [Fact]
    public void Values_between_two_thresholds_go_to_the_nearer_side()
    {
        var data = new ByteDataset([3, 9, 6, 7], [0, 1, 0, 0], 1, 2);
        var options = new RandomForestOptions { NEstimators = 1, Bootstrap = false };

        RandomForestModel forest = RandomForest.Fit(data, [0, 1], options, Cancellation);

        forest.Predict(data, [0, 2, 3, 1]).Should().Equal(0, 0, 1, 1);
    }

    [Fact]
    public void Many_classes_and_values_are_learned_too()
    {
        const int Classes = 40;
        byte[] labels = [.. Enumerable.Range(0, 400).Select(row => (byte)(row % Classes))];
        byte[] rows = [.. labels.SelectMany(label => new[] { (byte)(6 * label), (byte)(255 - 6 * label) })];
        var data = new ByteDataset(rows, labels, 2, Classes);

        RandomForestModel forest = RandomForest.Fit(
            data, RandomData.AllRows(data), new RandomForestOptions { NEstimators = 10 }, Cancellation);

        forest.Predict(data, RandomData.AllRows(data)).Should().Equal(labels);
    }

    [Fact]
    public void A_cancelled_training_ends()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        foreach (int parallelism in new[] { 1, 2 })
            FluentActions.Invoking(() => RandomForest.Fit(
                    Digits, Train, new RandomForestOptions { NEstimators = 1000, Parallelism = parallelism }, source.Token))
                .Should().Throw<OperationCanceledException>();
    }

    [Fact]
    public void Options_outside_their_range_are_refused_by_name()
    {
        FluentActions.Invoking(() => new RandomForestOptions { NEstimators = 0 })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("NEstimators");
        FluentActions.Invoking(() => new RandomForestOptions { MaxDepth = 0 })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("MaxDepth");
        FluentActions.Invoking(() => new RandomForestOptions { MaxFeatures = -1 })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("MaxFeatures");
        FluentActions.Invoking(() => new RandomForestOptions { Parallelism = 0 })
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("Parallelism");
        FluentActions.Invoking(() => RandomForest.Fit(Digits, Train, new RandomForestOptions { MaxFeatures = 65 }))
            .Should().Throw<ArgumentOutOfRangeException>().WithMessage("*64 features at most*");
    }

    [Fact]
    public void No_rows_and_wrong_rows_are_refused()
    {
        FluentActions.Invoking(() => RandomForest.Fit(Digits, [], new RandomForestOptions())).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => RandomForest.Fit(Digits, [1797], new RandomForestOptions()))
            .Should().Throw<ArgumentException>().WithMessage("Row 1797*");
    }

    [Fact]
    public void Rows_with_other_features_than_the_forests_are_refused()
    {
        RandomForestModel forest = RandomForest.Fit(Digits, Train, new RandomForestOptions { NEstimators = 1 }, Cancellation);

        FluentActions.Invoking(() => forest.Predict(RandomData.Create(0, 4, 3, 2, 5), [0]))
            .Should().Throw<ArgumentException>().WithMessage("*64 features*have 3*");
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;
}
