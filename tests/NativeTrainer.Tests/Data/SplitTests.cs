using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tests.Data;

public sealed class SplitTests
{
    [Fact]
    public void Training_and_test_rows_are_disjoint_and_together_complete()
    {
        TrainTestSplit split = TrainTestSplit.Shuffled(1797, 0.1, 0);

        split.Test.Should().HaveCount(180, "scikit-learn rounds the test part up");
        split.Train.Concat(split.Test).Order().Should().Equal(Enumerable.Range(0, 1797));
        split.Train.Should().NotBeInAscendingOrder();
    }

    [Fact]
    public void A_seed_gives_one_split_and_another_seed_another()
    {
        TrainTestSplit split = TrainTestSplit.Shuffled(100, 0.1, 7);

        TrainTestSplit.Shuffled(100, 0.1, 7).Train.Should().Equal(split.Train);
        TrainTestSplit.Shuffled(100, 0.1, 8).Train.Should().NotEqual(split.Train);
        split.Test.Should().Equal(GoldenTest);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.5)]
    [InlineData(double.NaN)]
    [InlineData(0.9999)]
    public void A_test_size_that_leaves_a_part_empty_is_refused(double testSize) =>
        FluentActions.Invoking(() => TrainTestSplit.Shuffled(100, testSize, 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(testSize));

    // sklearn: [len(test) for _, test in KFold(k).split(range(n))]
    [Theory]
    [InlineData(1617, 5, new[] { 324, 324, 323, 323, 323 })]
    [InlineData(10, 3, new[] { 4, 3, 3 })]
    [InlineData(7, 7, new[] { 1, 1, 1, 1, 1, 1, 1 })]
    [InlineData(11, 4, new[] { 3, 3, 3, 2 })]
    public void Folds_have_the_sizes_of_scikit_learns(int rows, int folds, int[] sizes)
    {
        int[] all = [.. Enumerable.Range(100, rows)];

        IReadOnlyList<Fold> result = KFold.Split(all, folds);

        result.Select(fold => fold.Validation.Length).Should().Equal(sizes);
        result.SelectMany(fold => fold.Validation).Should().Equal(all, "folds are contiguous and keep the order");
        foreach (Fold fold in result)
            fold.Train.Should().Equal(all.Except(fold.Validation));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(11)]
    public void A_number_of_folds_that_the_rows_do_not_allow_is_refused(int folds) =>
        FluentActions.Invoking(() => KFold.Split([.. Enumerable.Range(0, 10)], folds))
            .Should().Throw<ArgumentOutOfRangeException>();

    // From an independent rendition of xoshiro256**, Lemire's bounds and Fisher and Yates' shuffle.
    private static readonly int[] GoldenTest = [11, 87, 25, 46, 30, 54, 39, 24, 75, 17];
}
