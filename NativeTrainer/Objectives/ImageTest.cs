using Hpo.Interop;
using Hpo.NativeTrainer.Torch;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Objectives;

/// <summary>
/// Trains networks on all images that a study used, those for validation included, for as many epochs as a trial had, and
/// tests them on images that no trial saw.
/// </summary>
/// <param name="settings">What the study's scores depend on.</param>
/// <param name="folder">Where the data is, or null to look where it usually is.</param>
/// <param name="device">Where to compute.</param>
internal sealed class ImageTest(ImageSettings settings, string? folder, Device device)
{
    /// <summary>The test accuracy, in [0, 1], with a trial's hyperparameters.</summary>
    /// <exception cref="TrainingDivergedException">The loss became NaN or infinite.</exception>
    public double AccuracyOf(FrozenTrial trial, CancellationToken cancellation) =>
        Accuracy(ImageSearchSpace.Of(trial, settings), cancellation);

    /// <summary>The test accuracy, in [0, 1], with the hyperparameters of the course's script.</summary>
    public double AccuracyOfDefaults(CancellationToken cancellation) =>
        Accuracy(ImageSearchSpace.Defaults(settings), cancellation);

    /// <summary>The test accuracy, in [0, 1], with some hyperparameters.</summary>
    /// <exception cref="TrainingDivergedException">The loss became NaN or infinite.</exception>
    public double Accuracy((FashionCnnOptions Network, TrainingOptions Training) parameters, CancellationToken cancellation)
    {
        using ImageTensors train = ImageTensors.From(settings.Used(settings.Source.LoadTraining(folder)), device);
        using ImageTensors test = ImageTensors.From(settings.Source.LoadTest(folder), device);
        using FashionCnn network = new CnnTrainer(parameters.Training, device, TimeProvider.System).Train(
            parameters.Network, train, validation: null, _ => true, cancellation);
        return Evaluator.Evaluate(network, test, cancellation).Accuracy;
    }
}
