using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Classifiers;

internal static class Scoring
{
    /// <summary>The share of rows, in [0, 1], whose class is predicted.</summary>
    public static double Accuracy(this IClassifier classifier, ByteDataset data, ReadOnlySpan<int> rows)
    {
        byte[] predicted = classifier.Predict(data, rows);
        int correct = 0;
        for (int i = 0; i < predicted.Length; i++)
            if (predicted[i] == data.Labels[rows[i]])
                correct++;

        return (double)correct / predicted.Length;
    }
}
