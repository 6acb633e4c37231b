using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Forest;

namespace Hpo.NativeTrainer.Tests.Forest;

public sealed class SplitHistogramTests
{
    [Theory]
    [InlineData(17, 10, true)]
    [InlineData(64, 16, true)]
    [InlineData(3, 2, true)]
    [InlineData(65, 10, false)]
    [InlineData(256, 3, false)]
    [InlineData(17, 17, false)]
    [InlineData(200, 256, false)]
    public void The_best_threshold_is_that_of_a_search_of_all_thresholds(int valueCount, int classCount, bool compact)
    {
        var random = new SeededRandom(11);
        for (int node = 0; node < 300; node++)
        {
            ByteDataset data = RandomData.Create(
                random.NextUInt64(), 1 + random.Next(60), 1, classCount, 1 + random.Next(valueCount));
            Sample[] samples = Samples(data, random);
            SplitHistogram histogram = compact
                ? new CompactHistogram(valueCount)
                : new GeneralHistogram(valueCount, classCount);

            CheckAgainstExhaustiveSearch(histogram, samples, data.Column(0).ToArray());
        }
    }

    [Fact]
    public void A_histogram_is_clean_again_for_the_next_node()
    {
        var random = new SeededRandom(12);
        SplitHistogram[] histograms = [new CompactHistogram(17), new GeneralHistogram(17, 10)];
        for (int node = 0; node < 300; node++)
        {
            ByteDataset data = RandomData.Create(random.NextUInt64(), 1 + random.Next(200), 1, 10, 17);
            Sample[] samples = Samples(data, random);

            foreach (SplitHistogram histogram in histograms)
                CheckAgainstExhaustiveSearch(histogram, samples, data.Column(0).ToArray());
        }
    }

    [Fact]
    public void The_heaviest_node_of_the_compact_histogram_does_not_overflow()
    {
        const int Half = short.MaxValue / 2;
        byte[] column = [3, 5, 5];
        Sample[] samples = [new(0, 0, Half), new(1, 1, Half), new(2, 1, 1)];
        var histogram = new CompactHistogram(17);

        CheckAgainstExhaustiveSearch(histogram, samples, column);
    }

    [Theory]
    [InlineData(17, 10, 32767, true)]
    [InlineData(17, 10, 32768, false)]
    [InlineData(65, 10, 100, false)]
    [InlineData(17, 17, 100, false)]
    public void Data_beyond_the_compact_histogram_get_the_general_one(
        int valueCount, int classCount, int rowCount, bool compact)
    {
        var labels = new byte[] { 0, 1 };
        var data = new ByteDataset([0, (byte)(valueCount - 1)], labels, 1, classCount);

        (SplitHistogram.For(data, rowCount) is CompactHistogram).Should().Be(compact);
    }

    private static Sample[] Samples(ByteDataset data, SeededRandom random)
    {
        var samples = new Sample[data.RowCount];
        for (int row = 0; row < samples.Length; row++)
            samples[row] = new Sample(row, data.Labels[row], 1 + random.Next(4));

        return samples;
    }

    private static void CheckAgainstExhaustiveSearch(SplitHistogram histogram, Sample[] samples, byte[] column)
    {
        bool mixed = histogram.CountClasses(samples);
        bool found = histogram.TryFindThreshold(samples, column, out byte threshold, out double score);

        mixed.Should().Be(samples.Select(sample => sample.Label).Distinct().Skip(1).Any());
        int[] values = [.. samples.Select(sample => (int)column[sample.Row]).Distinct().Order()];
        found.Should().Be(values.Length > 1);
        if (!found)
            return;

        (double Impurity, int Threshold)[] candidates =
        [
            .. values.Zip(values.Skip(1), (low, high) => (low + high) / 2)
                .Select(candidate => (Impurity(samples, column, candidate), candidate)),
        ];
        double least = candidates.Min(candidate => candidate.Impurity);
        candidates.Should().Contain(
            candidate => candidate.Threshold == threshold && Math.Abs(candidate.Impurity - least) < 1e-12);
        double weight = samples.Sum(sample => sample.Weight);
        (1 - score / weight).Should().BeApproximately(least, 1e-12, "the score is the impurity in another form");
    }

    /// <summary>The weighted Gini impurity of the two sides, from its definition.</summary>
    private static double Impurity(Sample[] samples, byte[] column, int threshold)
    {
        double total = samples.Sum(sample => sample.Weight);
        return samples.GroupBy(sample => column[sample.Row] <= threshold).Sum(side =>
        {
            double weight = side.Sum(sample => sample.Weight);
            double gini = 1 - side.GroupBy(sample => sample.Label)
                .Sum(ofClass => Math.Pow(ofClass.Sum(sample => sample.Weight) / weight, 2));
            return weight / total * gini;
        });
    }
}
