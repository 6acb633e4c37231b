namespace Hpo.NativeTrainer.Torch;

/// <summary>One pass over the training images.</summary>
/// <param name="Epoch">Its number, from 1.</param>
/// <param name="Loss">Mean cross-entropy of the training images, as they were learnt from.</param>
/// <param name="Accuracy">Share, in [0, 1], of them that were recognised before they were learnt from.</param>
/// <param name="Validation">How well the validation images are recognised after it; null without any.</param>
/// <param name="ImagesPerSecond">Speed of the training alone.</param>
internal sealed record EpochReport(int Epoch, double Loss, double Accuracy, EvaluationResult? Validation, double ImagesPerSecond);
