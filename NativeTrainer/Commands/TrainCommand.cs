using System.CommandLine;
using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Data;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Trains a network with given hyperparameters; one subcommand for each image data set.</summary>
internal static class TrainCommand
{
    public static Command Create(TimeProvider time)
    {
        var command = new Command("train", "Train a convolutional network on images, and test it");
        foreach (ImageSource source in ImageSources.All) command.Subcommands.Add(Of(source, time));
        return command;
    }

    private static Command Of(ImageSource source, TimeProvider time)
    {
        var data = new ImageDataOptions(source);
        var hyperparameters = new TrainOptions();
        var torch = new TorchOptions();
        Option<int?> threads = CommonOptions.Optional<int>(
            "--threads", "Threads to compute with [default: $OMP_NUM_THREADS, else all cores]", count => count >= 1, "at least 1");
        Option<FileInfo?> save = new("--save") { Description = "Write the trained network to this safetensors file", HelpName = "file" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command(source.Name, $"{source.Title}: the course's network and its defaults, unless told otherwise");
        hyperparameters.AddTo(command);
        data.AddTo(command);
        torch.AddTo(command);
        foreach (Option option in (Option[])[threads, save, json]) command.Options.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            string? file = parsed.GetValue(save)?.FullName;
            if (file is not null) AtomicFile.CheckWritable(file);
            var output = CommandOutput.Of(parsed, json);
            ImageSource chosen = data.SourceIn(parsed);
            var run = new TrainRun
            {
                Source = chosen,
                Folder = data.FolderIn(parsed),
                Network = hyperparameters.Network(parsed),
                Training = hyperparameters.Training(parsed),
                Subset = data.SubsetIn(parsed),
                Validation = hyperparameters.Validation(parsed),
                Save = file,
            };
            ImageDataset training = data.LoadTraining(parsed, chosen);
            Device device = torch.Start(parsed, parsed.GetValue(threads) ?? ProcessorShare.Cores);
            await run.RunAsync(training, device, output, time, cancellation);
            return WorkerExitCode.Success;
        });
        return command;
    }
}
