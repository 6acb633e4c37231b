namespace Hpo.NativeTrainer.Data;

/// <summary>
/// Rows for training and for validation, disjoint and together complete, in which every class has its share. Both lists
/// are shuffled.
/// </summary>
/// <remarks>
/// The parts have exactly the sizes that were asked for, and each class is within one row of its exact share: every class
/// gets the whole rows of its share, and the rows that are left go to the classes with the largest remainders (of equal
/// ones, to the smaller label).
/// </remarks>
internal sealed record StratifiedSplit(int[] Train, int[] Validation)
{
    private const int MaxClassCount = 256;

    /// <summary>Splits the rows of labels.</summary>
    /// <param name="labels">The class of each row; at least two rows.</param>
    /// <param name="validation">The validation part's share of the rows, in (0, 1); rounded to the nearest whole row.</param>
    /// <param name="seed">The same seed gives the same split.</param>
    /// <exception cref="ArgumentOutOfRangeException">The share is outside (0, 1), or leaves a part empty.</exception>
    public static StratifiedSplit Of(ReadOnlySpan<byte> labels, double validation, ulong seed)
    {
        if (validation is not (> 0 and < 1))
            throw new ArgumentOutOfRangeException(
                nameof(validation), validation, "The validation share lies between 0 and 1.");
        int count = (int)Math.Round(labels.Length * validation, MidpointRounding.AwayFromZero);
        if (count == 0 || count == labels.Length)
            throw new ArgumentOutOfRangeException(
                nameof(validation),
                validation,
                $"A validation share of {validation} leaves none of {labels.Length} rows to "
                + $"{(count == 0 ? "validate" : "train")} with.");
        return Draw(labels, count, seed);
    }

    /// <summary>A part of the rows in which every class has its share, shuffled.</summary>
    /// <param name="labels">The class of each row.</param>
    /// <param name="count">Rows of the part, 1 to all.</param>
    /// <param name="seed">The same seed gives the same part.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are fewer rows, or none is asked for.</exception>
    public static int[] Subset(ReadOnlySpan<byte> labels, int count, ulong seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, labels.Length);
        return Draw(labels, count, seed).Validation;
    }

    private static StratifiedSplit Draw(ReadOnlySpan<byte> labels, int count, ulong seed)
    {
        int[][] rowsOfClasses = RowsOfClasses(labels);
        int[] quotas = LargestRemainders(rowsOfClasses, count, labels.Length);
        var random = new SeededRandom(seed);
        var drawn = new List<int>(count);
        var rest = new List<int>(labels.Length - count);
        foreach ((int[] rows, int quota) in rowsOfClasses.Zip(quotas))
        {
            random.Shuffle(rows.AsSpan());
            drawn.AddRange(rows.AsSpan(0, quota));
            rest.AddRange(rows.AsSpan(quota));
        }

        int[] train = [.. rest], validation = [.. drawn];
        random.Shuffle(train.AsSpan());
        random.Shuffle(validation.AsSpan());
        return new StratifiedSplit(train, validation);
    }

    private static int[][] RowsOfClasses(ReadOnlySpan<byte> labels)
    {
        var rows = new List<int>[MaxClassCount];
        for (int row = 0; row < labels.Length; row++) (rows[labels[row]] ??= []).Add(row);
        return [.. rows.Select(members => members?.ToArray() ?? [])];
    }

    private static int[] LargestRemainders(int[][] rowsOfClasses, int count, int total)
    {
        long[] shares = [.. rowsOfClasses.Select(rows => (long)rows.Length * count)];
        int[] quotas = [.. shares.Select(share => (int)(share / total))];
        IEnumerable<int> byRemainder = Enumerable.Range(0, shares.Length).OrderByDescending(label => shares[label] % total);
        foreach (int label in byRemainder.Take(count - quotas.Sum())) quotas[label]++;
        return quotas;
    }
}
