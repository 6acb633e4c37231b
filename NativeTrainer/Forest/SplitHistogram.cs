using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Forest;

/// <summary>
/// The class weights of a node for every value of one feature. A byte has few values, so the best threshold is found
/// without sorting, and exactly: all sums are integers. Only the values that occur are visited and cleared again, so a
/// node of three rows costs three steps and not one for every possible value.
/// </summary>
internal abstract class SplitHistogram
{
    protected const int WordBits = 64;

    /// <summary>The fastest histogram that can hold the training rows.</summary>
    public static SplitHistogram For(ByteDataset data, int rowCount) =>
        CompactHistogram.CanHold(data, rowCount)
            ? new CompactHistogram(data.ValueCount)
            : new GeneralHistogram(data.ValueCount, data.ClassCount);

    /// <summary>Starts with a new node. False if its rows are all of one class.</summary>
    public abstract bool CountClasses(ReadOnlySpan<Sample> samples);

    /// <summary>The weight of a class in the node that was counted last.</summary>
    public abstract int ClassWeight(int label);

    /// <summary>
    /// The best threshold of a column for the node that was counted last, and its <see cref="Split.Score"/>. False if
    /// the column is constant there.
    /// </summary>
    public abstract bool TryFindThreshold(
        ReadOnlySpan<Sample> samples, ReadOnlySpan<byte> column, out byte threshold, out double score);

    /// <param name="leftWeight">Σl over the classes.</param>
    /// <param name="leftSquares">Σl².</param>
    /// <param name="cross">Σl·t, t being the node's own weights, from which Σr² = Σt² − 2Σl·t + Σl² follows.</param>
    /// <param name="totalWeight">Σt.</param>
    /// <param name="totalSquares">Σt².</param>
    protected static double Score(
        long leftWeight, long leftSquares, long cross, long totalWeight, long totalSquares)
    {
        double left = leftWeight;
        double right = totalWeight - leftWeight;
        double rightSquares = totalSquares - 2 * cross + leftSquares;
        return (leftSquares * right + rightSquares * left) / (left * right);
    }
}
