namespace Hpo.NativeTrainer.Data;

/// <summary>Labelled rows of small integer features, immutable, held by row and by column.</summary>
internal sealed class ByteDataset
{
    private const int MaxFeatureCount = short.MaxValue;

    private readonly byte[] _rows;
    private readonly byte[] _columns;
    private readonly byte[] _labels;

    /// <param name="rows">Feature values, row after row; copied.</param>
    /// <param name="labels">One class for each row; copied.</param>
    /// <param name="featureCount">Features of a row, 1 to 32767.</param>
    /// <param name="classCount">Number of classes, 1 to 256; labels lie in [0, classCount).</param>
    /// <exception cref="ArgumentException">The shapes disagree or a label lies outside its range.</exception>
    public ByteDataset(ReadOnlySpan<byte> rows, ReadOnlySpan<byte> labels, int featureCount, int classCount)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(featureCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(featureCount, MaxFeatureCount);
        ArgumentOutOfRangeException.ThrowIfLessThan(classCount, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(classCount, 256);
        if (labels.IsEmpty)
            throw new ArgumentException("A data set needs at least one row.", nameof(labels));
        if (rows.Length != (long)labels.Length * featureCount)
            throw new ArgumentException(
                $"{labels.Length} labels of {featureCount} features each need {(long)labels.Length * featureCount} values, "
                + $"but there are {rows.Length}.",
                nameof(rows));

        for (int row = 0; row < labels.Length; row++)
            if (labels[row] >= classCount)
                throw new ArgumentException(
                    $"Row {row} has the label {labels[row]}; labels lie in [0, {classCount}).", nameof(labels));

        FeatureCount = featureCount;
        ClassCount = classCount;
        _rows = rows.ToArray();
        _labels = labels.ToArray();
        _columns = Transpose(_rows, labels.Length, featureCount);
        ValueCount = Max(rows) + 1;
    }

    public int RowCount => _labels.Length;

    public int FeatureCount { get; }

    public int ClassCount { get; }

    /// <summary>One more than the greatest feature value.</summary>
    public int ValueCount { get; }

    public ReadOnlySpan<byte> Labels => _labels;

    public ReadOnlySpan<byte> Row(int row) => _rows.AsSpan(row * FeatureCount, FeatureCount);

    public ReadOnlySpan<byte> Column(int feature) => _columns.AsSpan(feature * RowCount, RowCount);

    /// <exception cref="ArgumentException">A row number lies outside the data set, or there is none.</exception>
    public void CheckRows(ReadOnlySpan<int> rows)
    {
        if (rows.IsEmpty)
            throw new ArgumentException("At least one row is needed.", nameof(rows));
        foreach (int row in rows)
            if ((uint)row >= (uint)RowCount)
                throw new ArgumentException($"Row {row} is not in a data set of {RowCount} rows.", nameof(rows));
    }

    private static byte[] Transpose(byte[] rows, int rowCount, int featureCount)
    {
        var columns = new byte[rows.Length];
        for (int row = 0; row < rowCount; row++)
            for (int feature = 0; feature < featureCount; feature++)
                columns[feature * rowCount + row] = rows[row * featureCount + feature];

        return columns;
    }

    private static byte Max(ReadOnlySpan<byte> values)
    {
        byte max = 0;
        foreach (byte value in values)
            max = Math.Max(max, value);

        return max;
    }
}
