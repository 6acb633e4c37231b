using Hpo.Interop;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Torch;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Objectives;

/// <summary>Turns a trial into the accuracy, in [0, 1], of a <see cref="FashionCnn"/> on the validation images.</summary>
internal sealed class ImageObjective : IDisposable
{
    /// <summary>The trial's user attribute that says why it was pruned without the pruner.</summary>
    public const string PruneReasonKey = "prune_reason";

    private readonly ImageSettings _settings;
    private readonly Device _device;
    private readonly ImageTensors _train;
    private readonly ImageTensors _validation;

    /// <param name="data">The data set's training part.</param>
    /// <param name="settings">What the scores depend on.</param>
    /// <param name="device">Where to compute.</param>
    /// <exception cref="ArgumentOutOfRangeException">The data set is too small for the settings.</exception>
    public ImageObjective(ImageDataset data, ImageSettings settings, Device device)
    {
        _settings = settings;
        _device = device;
        (ImageDataset train, ImageDataset validation) = settings.Split(settings.Used(data));
        _train = ImageTensors.From(train, device);
        _validation = ImageTensors.From(validation, device);
    }

    /// <summary>Reports the accuracy on the validation images after each epoch, with the epochs counted from 0.</summary>
    /// <exception cref="TrialPrunedException">The study's pruner ends the trial, or the training diverged.</exception>
    public double Run(Trial trial)
    {
        (FashionCnnOptions shape, TrainingOptions training) = ImageSearchSpace.Suggest(trial, _settings);
        double accuracy = 0;
        try
        {
            using FashionCnn network = new CnnTrainer(training, _device, TimeProvider.System).Train(
                shape,
                _train,
                _validation,
                report =>
                {
                    accuracy = report.Validation!.Accuracy;
                    trial.Report(accuracy, report.Epoch - 1);
                    return report.Epoch == training.Epochs || !trial.ShouldPrune() ? true : throw new TrialPrunedException();
                },
                trial.CancellationToken);
            return accuracy;
        }
        catch (TrainingDivergedException exception)
        {
            trial.SetUserAttr(PruneReasonKey, exception.Message);
            throw new TrialPrunedException(exception.Message, exception);
        }
    }

    public void Dispose()
    {
        _train.Dispose();
        _validation.Dispose();
    }
}
