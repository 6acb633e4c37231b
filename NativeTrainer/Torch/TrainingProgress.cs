namespace Hpo.NativeTrainer.Torch;

/// <summary>How far a training is.</summary>
/// <param name="Epoch">The running epoch, from 1.</param>
/// <param name="ImagesDone">Images learnt from since the start, over all epochs.</param>
/// <param name="ImagesTotal">Images to learn from, over all epochs.</param>
/// <param name="Loss">Mean cross-entropy since the epoch began.</param>
/// <param name="Accuracy">Share, in [0, 1], of the epoch's images that were recognised.</param>
/// <param name="ImagesPerSecond">Speed since the epoch began.</param>
internal sealed record TrainingProgress(
    int Epoch, long ImagesDone, long ImagesTotal, double Loss, double Accuracy, double ImagesPerSecond);
