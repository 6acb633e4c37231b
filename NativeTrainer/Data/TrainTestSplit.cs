namespace Hpo.NativeTrainer.Data;

/// <summary>Row numbers for training and for the one final test: disjoint, and together all rows.</summary>
internal sealed record TrainTestSplit(IReadOnlyList<int> Train, IReadOnlyList<int> Test)
{
    /// <summary>Shuffles the rows and sets a part aside for the test.</summary>
    /// <param name="rowCount">Rows of the data set, at least 2.</param>
    /// <param name="testSize">The test's share of the rows, in (0, 1); rounded up to whole rows as in scikit-learn.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="ArgumentOutOfRangeException">One of the two parts would be empty.</exception>
    public static TrainTestSplit Shuffled(int rowCount, double testSize, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rowCount, 2);
        if (testSize is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(testSize), testSize, "The test size lies between 0 and 1.");
        int testCount = (int)Math.Ceiling(rowCount * testSize);
        if (testCount >= rowCount)
            throw new ArgumentOutOfRangeException(
                nameof(testSize), testSize, $"A test size of {testSize} leaves none of {rowCount} rows to train on.");

        int[] order = [.. Enumerable.Range(0, rowCount)];
        new SeededRandom(seed).Shuffle(order.AsSpan());
        return new TrainTestSplit(order[testCount..], order[..testCount]);
    }
}
