using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Torch;
using Spectre.Console;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Commands;

/// <summary>One training from the command line: trains, tests, saves and reports.</summary>
internal sealed record TrainRun
{
    public required ImageSource Source { get; init; }

    /// <summary>Where the data is, or null to look where it usually is.</summary>
    public string? Folder { get; init; }

    public required FashionCnnOptions Network { get; init; }

    public required TrainingOptions Training { get; init; }

    /// <summary>How many training images to use, or null for all.</summary>
    public int? Subset { get; init; }

    /// <summary>The share of them to validate with, or null for none.</summary>
    public double? Validation { get; init; }

    /// <summary>Where to write the network, or null.</summary>
    public string? Save { get; init; }

    /// <param name="training">The data set's training part.</param>
    /// <param name="device">Where to compute.</param>
    /// <param name="output">Where to report.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Ends the run.</param>
    public async Task RunAsync(
        ImageDataset training, Device device, CommandOutput output, TimeProvider time, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        (ImageDataset train, ImageDataset? validation) = Split(training);
        ImageDataset test = Source.LoadTest(Folder, training.Format);
        Notes.Write(output, training);
        Notes.Write(output, test);
        using ImageTensors trainTensors = ImageTensors.From(train, device);
        using ImageTensors? validationTensors = validation is null ? null : ImageTensors.From(validation, device);
        using ImageTensors testTensors = ImageTensors.From(test, device);

        var epochs = new List<EpochReport>();
        using FashionCnn network = await TrainingProgressBar.RunAsync(
            output.Messages,
            Training.Epochs,
            (epochDone, progressMade) => new CnnTrainer(Training, device, time) { ProgressMade = progressMade }.Train(
                Network,
                trainTensors,
                validationTensors,
                report =>
                {
                    epochs.Add(report);
                    epochDone(report);
                    return true;
                },
                cancellation));
        EvaluationResult result = Evaluator.Evaluate(network, testTensors, cancellation);
        if (Save is not null) ModelFile.Save(Save, network, Description(network, result));

        TimeSpan elapsed = time.GetElapsedTime(start);
        if (output.Json) output.WriteJson(Document(train.Count, epochs, EvaluationPart.From(result, test.ClassNames), elapsed));
        else Report(output, test, result, elapsed);
    }

    private ModelDescription Description(FashionCnn network, EvaluationResult result) =>
        new(Source.Name, Network, Training, result.Accuracy)
        {
            Images = network.Images,
            DataOptions = Source.Options.Count > 0 ? Source.ValuesOfAnyHost : null,
        };

    private object Document(int images, IReadOnlyList<EpochReport> epochs, EvaluationPart test, TimeSpan elapsed) => new
    {
        Data = Source.Name,
        Images = images,
        Hyperparameters = new
        {
            Training.LearningRate,
            Network.Features,
            Network.Dropout,
            Training.BatchSize,
            Network.BatchNorm,
            Activation = Network.Activation.ToString(),
            Training.Epochs,
            Training.Seed,
        },
        Epochs = epochs.Select(epoch => new
        {
            epoch.Epoch,
            epoch.Loss,
            epoch.Accuracy,
            ValidationLoss = epoch.Validation?.Loss,
            ValidationAccuracy = epoch.Validation?.Accuracy,
            epoch.ImagesPerSecond,
        }),
        Test = test,
        Model = Save,
        ElapsedSeconds = elapsed.TotalSeconds,
    };

    private (ImageDataset Train, ImageDataset? Validation) Split(ImageDataset training)
    {
        ImageDataset used = training.Subset(Subset, Training.Seed);
        return Validation is { } share
            ? ImageDataOptions.WithShare(share, used.Count, () => used.Split(share, Training.Seed))
            : (used, null);
    }

    private void Report(CommandOutput output, ImageDataset test, EvaluationResult result, TimeSpan elapsed)
    {
        EvaluationReport.Write(output.Results, result, test.ClassNames);
        if (Save is not null) output.Results.WriteLine($"saved: {Save}");
        output.Results.WriteLine(FormattableString.Invariant($"elapsed: {elapsed.TotalSeconds:F1} s"));
    }
}
