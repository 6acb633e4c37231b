using Hpo.Interop;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Torch;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Objectives;

/// <summary>The image data sets for Python workflows, e.g. <c>hpo_dotnet.objective("fashion", epochs=3)</c>.</summary>
internal abstract class Images : IObjective, IDisposable
{
    private readonly ImageSettings _settings;
    private readonly ImageObjective? _validation;
    private readonly ImageTest? _test;

    /// <exception cref="ArgumentException">The data set is too small for the options, or there is no such device.</exception>
    private protected Images(ImageSource source, ImageOptions options)
    {
        _settings = new ImageSettings(source)
        {
            Epochs = options.Epochs,
            Validation = options.Validation,
            Subset = options.Subset,
            SplitSeed = (ulong)options.SplitSeed,
        };
        string? folder = options.Data is null ? null : Path.GetFullPath(options.Data);
        TorchLibrary.EnsureLoaded();
        set_num_threads(options.Threads);
        Device device = DeviceOf(options.Device);
        if (options.Score == ScoredOn.Test)
        {
            _test = new ImageTest(_settings, folder, device) { Loaded = Tell };
            return;
        }
        ImageDataset training = source.LoadTraining(folder);
        Tell(training);
        _validation = new ImageObjective(training, _settings, device);
    }

    public ObjectiveValue Evaluate(Trial trial) =>
        _validation?.Run(trial)
        ?? _test!.Accuracy(ImageSearchSpace.Suggest(trial, _settings), trial.CancellationToken);

    public void Dispose() => _validation?.Dispose();

    private static void Tell(ImageDataset images)
    {
        foreach (string note in images.Notes) Console.Error.WriteLine(note);
    }

    private static Device DeviceOf(string name)
    {
        if (name == "cpu") return CPU;
        return cuda_is_available()
            ? CUDA
            : throw new ArgumentException("the device 'cuda' cannot be used: this build of libtorch finds no CUDA device");
    }
}

/// <summary>Fashion-MNIST.</summary>
[Objective("fashion", Description = "The accuracy of a convolutional network on Fashion-MNIST, to be maximised")]
internal sealed class Fashion(ImageOptions options) : Images(FashionMnist.Source, options);

/// <summary>The corrupted MNIST of the course.</summary>
[Objective("corrupted-mnist", Description = "The accuracy of a convolutional network on corrupted MNIST, to be maximised")]
internal sealed class CorruptedDigits(ImageOptions options) : Images(new CorruptedMnist(), options);

/// <summary>MNIST.</summary>
[Objective("mnist", Description = "The accuracy of a convolutional network on MNIST, to be maximised")]
internal sealed class MnistDigits(ImageOptions options) : Images(Mnist.Source, options);
