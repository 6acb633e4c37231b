namespace Hpo.NativeTrainer.Evaluation;

/// <summary>How often images of one class were taken for another.</summary>
internal sealed class ConfusionMatrix
{
    private readonly long[] _counts;

    /// <param name="counts">Row by row: the true class, then the predicted one.</param>
    /// <param name="classCount">Classes; there are classCount² counts.</param>
    /// <exception cref="ArgumentException">There are not as many counts, or all are 0.</exception>
    public ConfusionMatrix(ReadOnlySpan<long> counts, int classCount)
    {
        if (counts.Length != classCount * classCount)
            throw new ArgumentException($"{classCount} classes have {classCount * classCount} counts, not {counts.Length}.", nameof(counts));
        _counts = counts.ToArray();
        ClassCount = classCount;
        Total = _counts.Sum();
        if (Total == 0) throw new ArgumentException("Nothing was counted.", nameof(counts));
    }

    public int ClassCount { get; }

    /// <summary>The number of images.</summary>
    public long Total { get; }

    /// <summary>The share of images, in [0, 1], whose class was recognised.</summary>
    public double Accuracy => (double)Enumerable.Range(0, ClassCount).Sum(label => this[label, label]) / Total;

    /// <summary>How many images of a class were predicted to be of a class.</summary>
    public long this[int actual, int predicted] => _counts[actual * ClassCount + predicted];

    /// <summary>The share of a class's images, in [0, 1], that were recognised; NaN where it has none.</summary>
    public double ClassAccuracy(int label) =>
        (double)this[label, label] / Enumerable.Range(0, ClassCount).Sum(predicted => this[label, predicted]);
}
