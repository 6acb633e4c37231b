namespace Hpo.NativeTrainer.Forest.Numbers;

/// <summary>Numbers as at most 256 bins a column, each with about as many rows: of a column with fewer values each value is one.</summary>
/// <param name="RowCount">Rows.</param>
/// <param name="Bins">The bin of each row, column after column.</param>
/// <param name="Limits">For each column the limits between its bins, ascending: a value up to the first is in bin 0.</param>
internal sealed record BinnedNumbers(int RowCount, byte[] Bins, float[][] Limits)
{
    public const int MostBins = 256;

    /// <summary>The bins of a column's rows.</summary>
    public ReadOnlySpan<byte> Column(int column) => Bins.AsSpan(column * RowCount, RowCount);

    /// <param name="values">The numbers, row after row.</param>
    /// <param name="columnCount">Numbers of a row.</param>
    public static BinnedNumbers Of(float[] values, int columnCount)
    {
        int rowCount = values.Length / columnCount;
        byte[] bins = new byte[values.Length];
        float[][] limits = new float[columnCount][];
        float[] column = new float[rowCount];
        for (int index = 0; index < columnCount; index++)
        {
            for (int row = 0; row < rowCount; row++) column[row] = values[row * columnCount + index];
            limits[index] = LimitsOf([.. column.Order()]);
            for (int row = 0; row < rowCount; row++) bins[index * rowCount + row] = Bin(limits[index], column[row]);
        }

        return new BinnedNumbers(rowCount, bins, limits);
    }

    private static float[] LimitsOf(float[] sorted)
    {
        var limits = new List<float>(MostBins);
        int distinct = 1;
        for (int row = 1; row < sorted.Length; row++)
            if (sorted[row] != sorted[row - 1]) distinct++;
        double share = distinct <= MostBins ? 0 : (double)sorted.Length / MostBins;
        double next = share;
        for (int row = 1; row < sorted.Length && limits.Count < MostBins - 1; row++)
        {
            if (sorted[row] == sorted[row - 1] || row < next) continue;
            limits.Add(sorted[row - 1] + (sorted[row] - sorted[row - 1]) / 2 is var middle && middle < sorted[row] ? middle : sorted[row - 1]);
            next = row + share;
        }

        return [.. limits];
    }

    private static byte Bin(float[] limits, float value)
    {
        int place = Array.BinarySearch(limits, value);
        return (byte)(place < 0 ? ~place : place);
    }
}
