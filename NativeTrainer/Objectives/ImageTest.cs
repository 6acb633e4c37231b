using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Data;
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
    private (ImageDataset Train, ImageDataset Test)? _data;

    /// <summary>Is told of each of both parts when it is loaded.</summary>
    public Action<ImageDataset>? Loaded { get; init; }

    /// <summary>The test accuracy, in [0, 1], with a trial's hyperparameters.</summary>
    /// <inheritdoc cref="Accuracy" path="/exception"/>
    public double AccuracyOf(FrozenTrial trial, CancellationToken cancellation) =>
        Accuracy(ImageSearchSpace.Of(trial, settings), cancellation);

    /// <summary>The test accuracy, in [0, 1], with the hyperparameters of the course's script.</summary>
    public double AccuracyOfDefaults(CancellationToken cancellation) =>
        Accuracy(ImageSearchSpace.Defaults(settings), cancellation);

    /// <summary>The test accuracy, in [0, 1], with some hyperparameters.</summary>
    /// <exception cref="TrainingDivergedException">The loss became NaN or infinite.</exception>
    /// <exception cref="DataFileException">A file is missing or damaged.</exception>
    /// <exception cref="UserError">The images are not those of the study.</exception>
    public double Accuracy((FashionCnnOptions Network, TrainingOptions Training) parameters, CancellationToken cancellation)
    {
        (ImageDataset trainImages, ImageDataset testImages) = _data ??= Load();
        using ImageTensors train = ImageTensors.From(trainImages, device);
        using ImageTensors test = ImageTensors.From(testImages, device);
        using FashionCnn network = new CnnTrainer(parameters.Training, device, TimeProvider.System).Train(
            parameters.Network, train, validation: null, _ => true, cancellation);
        return Evaluator.Evaluate(network, test, cancellation).Accuracy;
    }

    private (ImageDataset, ImageDataset) Load()
    {
        ImageDataset training = settings.Source.LoadTraining(folder);
        Loaded?.Invoke(training);
        if (settings.Fingerprint is { } known && training.Fingerprint != known)
            throw new UserError(
                $"{folder}: these are other images than those of the study, and the scores would not compare: name their "
                + "folder with --data.");
        ImageDataset test = settings.Source.LoadTest(folder, training.Format);
        Loaded?.Invoke(test);
        return (settings.Used(training), test);
    }
}
