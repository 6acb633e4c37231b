using System.Numerics.Tensors;

namespace Hpo.NativeTrainer.Tables;

/// <summary>A way to score predictions.</summary>
/// <param name="Name">Its name on a command line and in a study.</param>
/// <param name="Title">Its name in a sentence.</param>
/// <param name="Maximized">Whether more is better.</param>
/// <param name="Supports">The tasks it can score.</param>
/// <param name="Score">Scores predictions, given the target's values of the same rows.</param>
internal sealed record TableMetric(
    string Name, string Title, bool Maximized, Func<TableTask, bool> Supports, Func<TablePredictions, float[], double> Score)
{
    private const double LeastProbability = 1e-15;

    /// <summary>All of them; the first that supports a task is its default.</summary>
    public static IReadOnlyList<TableMetric> All { get; } =
    [
        new("rmse", "RMSE", false, IsRegression, (predicted, actual) => Math.Sqrt(Errors(predicted, actual).Average(error => error * error))),
        new("mae", "MAE", false, IsRegression, (predicted, actual) => Errors(predicted, actual).Average(Math.Abs)),
        new("r2", "R²", true, IsRegression, RSquared),
        new("auc", "AUC", true, IsClassification, Auc),
        new("accuracy", "accuracy", true, IsClassification, (predicted, actual) => Hits(predicted, actual).Average(hit => hit ? 1.0 : 0)),
        new("balanced-accuracy", "balanced accuracy", true, IsClassification, BalancedAccuracy),
        new("f1", "F1", true, IsClassification, F1),
        new("log-loss", "log loss", false, IsClassification, LogLoss),
    ];

    public static IReadOnlyList<string> Names { get; } = [.. All.Select(metric => metric.Name)];

    /// <summary>The metric of a task where none is asked for: RMSE, AUC of two classes, accuracy of more.</summary>
    public static TableMetric DefaultOf(TableTask task) => task switch
    {
        TableTask.Regression => Find("rmse"),
        TableTask.Binary => Find("auc"),
        _ => Find("accuracy"),
    };

    /// <summary>Whether it has a value only where the rows are of two classes or more.</summary>
    public bool NeedsClasses => Name == "auc";

    /// <exception cref="ArgumentException">There is no such metric.</exception>
    public static TableMetric Find(string name) => All.FirstOrDefault(metric => metric.Name == name)
        ?? throw new ArgumentException($"Unknown metric '{name}': choose one of {string.Join(", ", Names)}.", nameof(name));

    private static bool IsRegression(TableTask task) => task is TableTask.Regression;

    private static bool IsClassification(TableTask task) => task is not TableTask.Regression;

    private static IEnumerable<double> Errors(TablePredictions predicted, float[] actual) =>
        actual.Zip(predicted.Values, (value, guess) => (double)guess - value);

    private static IEnumerable<bool> Hits(TablePredictions predicted, float[] actual) =>
        actual.Select((value, row) => predicted.Class(row) == (int)value);

    // As scikit-learn: of constant values 1 where all are met, else 0.
    private static double RSquared(TablePredictions predicted, float[] actual)
    {
        double mean = actual.Average(value => (double)value);
        double total = actual.Sum(value => (value - mean) * (value - mean));
        double rest = Errors(predicted, actual).Sum(error => error * error);
        return total > 0 ? 1 - rest / total : rest > 0 ? 0 : 1;
    }

    // The mean of the recalls of the classes that occur.
    private static double BalancedAccuracy(TablePredictions predicted, float[] actual) =>
        actual.Select((value, row) => (Class: (int)value, Hit: predicted.Class(row) == (int)value))
            .GroupBy(row => row.Class, row => row.Hit)
            .Average(ofClass => ofClass.Average(hit => hit ? 1.0 : 0));

    // Of two classes that of the second; of more the mean over the classes that occur or are predicted, as scikit-learn's macro F1.
    private static double F1(TablePredictions predicted, float[] actual)
    {
        var (hits, said, there) = (new int[predicted.Outputs], new int[predicted.Outputs], new int[predicted.Outputs]);
        for (int row = 0; row < actual.Length; row++)
        {
            int guess = predicted.Class(row);
            said[guess]++;
            there[(int)actual[row]]++;
            if (guess == (int)actual[row]) hits[guess]++;
        }

        double Of(int label) => said[label] + there[label] == 0 ? 0 : 2.0 * hits[label] / (said[label] + there[label]);
        return predicted.Outputs == 2 ? Of(1)
            : Enumerable.Range(0, predicted.Outputs).Where(label => said[label] + there[label] > 0).Average(Of);
    }

    private static double LogLoss(TablePredictions predicted, float[] actual) =>
        -actual.Select((value, row) => Math.Log(Math.Clamp(
            predicted.Row(row)[(int)value] / (double)TensorPrimitives.Sum(predicted.Row(row)), LeastProbability, 1 - LeastProbability))).Average();

    // Of more than two classes the mean of each class against all others, over the classes that occur, and not in every row.
    private static double Auc(TablePredictions predicted, float[] actual)
    {
        double[] areas =
        [
            .. (predicted.Outputs == 2 ? [1] : Enumerable.Range(0, predicted.Outputs))
                .Select(label => Auc(
                    [.. Enumerable.Range(0, actual.Length).Select(row => predicted.Row(row)[label])], [.. actual.Select(value => (int)value == label)]))
                .Where(area => !double.IsNaN(area)),
        ];
        return areas.Length == 0 ? double.NaN : areas.Average();
    }

    // Mann and Whitney's U from mean ranks.
    private static double Auc(float[] scores, bool[] isPositive)
    {
        Array.Sort(scores, isPositive);
        double ranks = 0;
        long positives = 0;
        for (int start = 0, end; start < scores.Length; start = end)
        {
            end = start;
            int tied = 0;
            while (end < scores.Length && scores[end] == scores[start]) tied += isPositive[end++] ? 1 : 0;
            ranks += tied * (start + end + 1) / 2.0;
            positives += tied;
        }

        long negatives = scores.Length - positives;
        return positives == 0 || negatives == 0 ? double.NaN : (ranks - positives * (positives + 1) / 2.0) / positives / negatives;
    }
}
