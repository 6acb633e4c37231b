using System.CommandLine;
using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Objectives;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Searches for the best hyperparameters in an Optuna study; one subcommand for each objective.</summary>
internal static class TuneCommand
{
    public static Command Create(TimeProvider time)
    {
        var command = new Command("tune", "Search for the best hyperparameters in an Optuna study")
        {
            Digits(time), TuneTableCommand.Create(time),
        };
        foreach (ImageSource source in ImageSources.All) command.Subcommands.Add(Images(source, time));
        return command;
    }

    private static Command Digits(TimeProvider time)
    {
        Option<string> model = TrainerOptions.Model();
        Option<int> folds = TrainerOptions.Folds();
        Option<double> testSize = TrainerOptions.TestSize();
        Option<long> splitSeed = TrainerOptions.Seed("--split-seed");
        var study = new StudyRunOptions(PrunerChoice.None);
        var command = new Command(
            DigitsSettings.Name, "A random forest on the digits: maximise the mean accuracy of a cross-validation")
        {
            model, folds, testSize, splitSeed,
        };
        study.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var settings = new DigitsSettings
            {
                Model = Classifiers.ModelKinds.Parse(parsed.GetValue(model)!),
                Folds = parsed.GetValue(folds),
                TestSize = parsed.GetValue(testSize),
                SplitSeed = (ulong)parsed.GetValue(splitSeed),
            };
            StudyRun run = study.Read(parsed, DigitsSettings.Name);
            OptunaStart.Start(run.Verbose);
            var objective = new DigitsObjective(DigitsDataset.Load(), settings, run.ThreadsPerTrial);
            await new StudyTuning(run, settings, DigitsObjective.Grid, time).RunAsync(objective.Run, cancellation);
            return WorkerExitCode.Success;
        });
        return command;
    }

    private static Command Images(ImageSource source, TimeProvider time)
    {
        var data = new ImageDataOptions(source);
        var byDefault = new ImageSettings(source);
        Option<int> epochs = CommonOptions.Checked(
            "--epochs", "Passes over the training images in a trial", byDefault.Epochs, value => value >= 1, "at least 1");
        Option<double> validation = CommonOptions.Checked(
            "--validation",
            "Share of the images that trials are scored on",
            byDefault.Validation,
            share => share is > 0 and < 1,
            "between 0 and 1");
        Option<long> splitSeed = CommonOptions.Checked(
            "--split-seed", "Seed of the subset, the split and each training", 0L, seed => seed >= 0, "at least 0");
        var torch = new TorchOptions();
        var study = new StudyRunOptions(PrunerChoice.Median);
        var command = new Command(
            source.Name, $"A convolutional network on {source.Title}: maximise the accuracy on validation images")
        {
            epochs, validation, splitSeed,
        };
        data.AddTo(command);
        study.AddTo(command);
        torch.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            ImageSource chosen = data.SourceIn(parsed);
            ImageSettings settings = byDefault with
            {
                Source = chosen,
                Epochs = parsed.GetValue(epochs),
                Validation = parsed.GetValue(validation),
                Subset = data.SubsetIn(parsed),
                SplitSeed = (ulong)parsed.GetValue(splitSeed),
            };
            StudyRun run = study.Read(parsed, source.Name);
            ImageDataset training = data.LoadTraining(parsed, chosen);
            Notes.Write(run.Output, training);
            settings = settings.For(training, data.FolderIn(parsed));
            Device device = torch.Start(parsed, run.ThreadsPerTrial);
            using ImageObjective objective = ImageDataOptions.WithShare(
                settings.Validation,
                settings.Subset ?? training.Count,
                () => new ImageObjective(training, settings, device));
            OptunaStart.Start(run.Verbose);
            await new StudyTuning(run, settings, ImageSearchSpace.Grid, time).RunAsync(objective.Run, cancellation);
            return WorkerExitCode.Success;
        });
        return command;
    }
}
