using Hpo.NativeTrainer.Evaluation;

namespace Hpo.NativeTrainer.Torch;

/// <summary>How well a network recognises images.</summary>
/// <param name="Loss">Mean cross-entropy.</param>
/// <param name="Confusion">What was taken for what.</param>
internal sealed record EvaluationResult(double Loss, ConfusionMatrix Confusion)
{
    /// <summary>The share of images, in [0, 1], that were recognised.</summary>
    public double Accuracy => Confusion.Accuracy;
}
