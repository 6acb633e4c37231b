using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tests.Data;

public sealed class StratifiedSplitTests
{
    public static TheoryData<ulong> Seeds => [.. Enumerable.Range(0, 40).Select(seed => (ulong)seed)];

    [Theory, MemberData(nameof(Seeds))]
    public void The_parts_are_disjoint_complete_and_of_the_exact_size(ulong seed)
    {
        (byte[] labels, double share) = RandomCase(seed);

        StratifiedSplit split = StratifiedSplit.Of(labels, share, seed);

        split.Validation.Should().HaveCount((int)Math.Round(labels.Length * share, MidpointRounding.AwayFromZero));
        split.Train.Concat(split.Validation).Order().Should().Equal(Enumerable.Range(0, labels.Length));
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Each_class_is_within_one_row_of_its_share(ulong seed)
    {
        (byte[] labels, double share) = RandomCase(seed);

        int[] validation = StratifiedSplit.Of(labels, share, seed).Validation;

        foreach ((byte label, int size) in labels.CountBy(label => label))
        {
            double exact = (double)size * validation.Length / labels.Length;
            validation.Count(row => labels[row] == label).Should().BeInRange((int)Math.Floor(exact), (int)Math.Ceiling(exact));
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void A_subset_has_each_row_once_and_each_class_within_one_row_of_its_share(ulong seed)
    {
        (byte[] labels, double share) = RandomCase(seed);
        int count = Math.Max(1, (int)(labels.Length * share));

        int[] subset = StratifiedSplit.Subset(labels, count, seed);

        subset.Should().HaveCount(count).And.OnlyHaveUniqueItems();
        foreach ((byte label, int size) in labels.CountBy(label => label))
            subset.Count(row => labels[row] == label).Should().BeInRange(
                (int)((long)size * count / labels.Length), (int)(((long)size * count + labels.Length - 1) / labels.Length));
    }

    // By hand: the shares of 3 of 10 rows are 1.5, 0.9 and 0.6; the whole rows give 1, the remainders .9 and .6 the others.
    [Fact]
    public void Rows_that_are_left_go_to_the_largest_remainders()
    {
        byte[] labels = [0, 0, 0, 0, 0, 1, 1, 1, 2, 2];

        int[] validation = StratifiedSplit.Of(labels, 0.3, seed: 1).Validation;

        validation.Select(row => labels[row]).Order().Should().Equal(0, 1, 2);
    }

    [Fact]
    public void A_tenth_of_balanced_classes_is_a_tenth_of_each()
    {
        byte[] labels = [.. Enumerable.Range(0, 60_000).Select(row => (byte)(row % 10))];

        StratifiedSplit split = StratifiedSplit.Of(labels, 0.1, seed: 0);

        split.Validation.CountBy(row => labels[row]).Should().OnlyContain(count => count.Value == 600);
        split.Train.CountBy(row => labels[row]).Should().OnlyContain(count => count.Value == 5400);
    }

    [Fact]
    public void A_seed_gives_one_split_and_another_seed_another()
    {
        byte[] labels = [.. Enumerable.Range(0, 200).Select(row => (byte)(row % 7))];
        StratifiedSplit split = StratifiedSplit.Of(labels, 0.2, seed: 5);

        StratifiedSplit again = StratifiedSplit.Of(labels, 0.2, seed: 5), other = StratifiedSplit.Of(labels, 0.2, seed: 6);

        again.Train.Should().Equal(split.Train);
        again.Validation.Should().Equal(split.Validation);
        other.Validation.Order().Should().NotEqual(split.Validation.Order());
    }

    [Fact]
    public void Neither_part_is_ordered_by_class_or_row()
    {
        byte[] labels = [.. Enumerable.Range(0, 1000).Select(row => (byte)(row / 100))];

        StratifiedSplit split = StratifiedSplit.Of(labels, 0.5, seed: 2);

        foreach (int[] part in (int[][])[split.Train, split.Validation])
            part.Zip(part.Skip(1)).Count(pair => labels[pair.First] == labels[pair.Second])
                .Should().BeLessThan(100, "neighbours of one class are one in ten, not nearly all 499");
    }

    [Fact]
    public void Every_row_of_a_class_is_as_likely_to_be_drawn()
    {
        byte[] labels = [0, 0, 0, 0, 1, 1, 1, 1];
        var drawn = new int[labels.Length];

        for (ulong seed = 0; seed < 4000; seed++)
            foreach (int row in StratifiedSplit.Subset(labels, 2, seed)) drawn[row]++;

        drawn.Should().OnlyContain(count => Math.Abs(count - 1000) < 120);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(0.01)]
    [InlineData(0.99)]
    public void A_share_that_leaves_a_part_empty_is_refused(double share) =>
        FluentActions.Invoking(() => StratifiedSplit.Of([0, 1, 0, 1], share, seed: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName("validation");

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void A_subset_of_no_rows_or_too_many_is_refused(int count) =>
        FluentActions.Invoking(() => StratifiedSplit.Subset([0, 1, 0, 1], count, seed: 0))
            .Should().Throw<ArgumentOutOfRangeException>().WithParameterName(nameof(count));

    // Classes of very different sizes, some of a single row, in no order.
    private static (byte[] Labels, double Share) RandomCase(ulong seed)
    {
        var random = new SeededRandom(SeededRandom.Derive(seed, 1));
        int classes = 1 + random.Next(12);
        int[] sizes = [.. Enumerable.Range(0, classes).Select(_ => 1 + random.Next(random.Next(2) == 0 ? 5 : 200)), 10];
        byte[] labels = [.. sizes.SelectMany((size, label) => Enumerable.Repeat((byte)label, size))];
        random.Shuffle(labels.AsSpan());
        return (labels, 0.06 + (0.88 * random.NextDouble()));
    }
}
