using Hpo.NativeTrainer.Torch;

namespace Hpo.NativeTrainer.Commands;

/// <summary>An evaluation in a JSON document.</summary>
/// <param name="Loss">Mean cross-entropy.</param>
/// <param name="Accuracy">The share of images, in [0, 1], that were recognised.</param>
/// <param name="ClassAccuracy">The same for each class, by its name.</param>
/// <param name="Confusion">A row for each true class, with a count for each predicted one.</param>
internal sealed record EvaluationPart(
    double Loss,
    double Accuracy,
    IReadOnlyDictionary<string, double?> ClassAccuracy,
    IReadOnlyList<IReadOnlyList<long>> Confusion)
{
    public static EvaluationPart From(EvaluationResult result, IReadOnlyList<string> classNames)
    {
        int[] labels = [.. Enumerable.Range(0, classNames.Count)];
        return new EvaluationPart(
            result.Loss,
            result.Accuracy,
            labels.ToDictionary(
                label => classNames[label],
                label => result.Confusion.ClassAccuracy(label) is var share && double.IsNaN(share) ? null : (double?)share),
            [.. labels.Select(actual => (IReadOnlyList<long>)[.. labels.Select(predicted => result.Confusion[actual, predicted])])]);
    }
}
