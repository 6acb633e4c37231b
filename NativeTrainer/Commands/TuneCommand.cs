using System.CommandLine;
using Hpo.NativeTrainer.Objectives;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Searches for the best hyperparameters in an Optuna study; one subcommand for each objective.</summary>
internal static class TuneCommand
{
    public static Command Create(TimeProvider time) => new("tune", "Search for the best hyperparameters in an Optuna study")
    {
        Digits(time),
    };

    private static Command Digits(TimeProvider time)
    {
        Option<string> model = CommonOptions.Model();
        Option<int> folds = CommonOptions.Folds();
        Option<double> testSize = CommonOptions.TestSize();
        Option<long> splitSeed = CommonOptions.Seed("--split-seed");
        var study = new StudyRunOptions();
        var command = new Command(
            DigitsSettings.ObjectiveName,
            "A random forest on the digits: maximise the mean accuracy of a cross-validation")
        {
            model, folds, testSize, splitSeed,
        };
        study.AddTo(command);
        command.SetAction((parsed, cancellation) =>
        {
            var settings = new DigitsSettings
            {
                Model = Classifiers.ModelKinds.Parse(parsed.GetValue(model)!),
                Folds = parsed.GetValue(folds),
                TestSize = parsed.GetValue(testSize),
                SplitSeed = (ulong)parsed.GetValue(splitSeed),
            };
            StudyRun run = study.Read(parsed, DigitsSettings.ObjectiveName);
            return DigitsTuning.RunAsync(settings, run, time, cancellation);
        });
        return command;
    }
}
