using System.CommandLine;
using Hpo.Interop;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Objectives;
using Spectre.Console;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Shows what a study found, and how well the best hyperparameters do on rows that no trial saw.</summary>
internal static class ResultsCommand
{
    public static Command Create()
    {
        Option<string?> study = StudyTarget.StudyOption();
        Option<string?> storage = StudyTarget.StorageOption();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("results", "Show a study's trials, its best one, and the test score of that")
        {
            study, storage, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            StudyTarget target = StudyTarget.Resolve(
                parsed.GetValue(study), parsed.GetValue(storage), DigitsSettings.ObjectiveName);
            InvocationConfiguration console = parsed.InvocationConfiguration;
            Run(target, new CommandOutput(console.Output, console.Error, parsed.GetValue(json)), cancellation);
            return Task.FromResult(WorkerExitCode.Success);
        });
        return command;
    }

    private static void Run(StudyTarget target, CommandOutput output, CancellationToken cancellation)
    {
        RequireFile(target);
        OptunaStart.Start(verbose: false);
        using Study study = Study.Load(target.Name, target.Open());
        IReadOnlyList<FrozenTrial> trials = study.Trials;
        IReadOnlyList<FrozenTrial> best = trials.Any(trial => trial.State == TrialState.Complete) ? study.BestTrials : [];
        double? testAccuracy = best is [var only] && DigitsSettings.FromUserAttrs(study.UserAttrs) is { } settings
            ? settings.TestAccuracy(
                DigitsDataset.Load(), DigitsObjective.ParametersOf(only), Environment.ProcessorCount, cancellation)
            : null;
        var document = new ResultsDocument(
            study.Name,
            target.Url.Masked,
            [.. study.Directions.Select(direction => direction.ToString().ToLowerInvariant())],
            TuneDocument.CountByState(trials),
            [.. best.Select(ResultsDocument.BestPart.From)],
            testAccuracy);
        if (output.Json) output.WriteJson(document);
        else Write(output.Results, document);
    }

    // Opening an SQLite file that is not there would create it.
    private static void RequireFile(StudyTarget target)
    {
        if (target.Url.SqliteFile is { } file && !File.Exists(file))
            throw new UserError(
                $"There is no storage file {file}. Name the storage with --storage, or run 'NativeTrainer tune' first.",
                WorkerExitCode.Storage);
    }

    private static void Write(IAnsiConsole console, ResultsDocument document)
    {
        console.WriteLine($"study {document.Study} in {document.Storage}, {string.Join(", ", document.Directions)}");
        console.WriteLine(Texts.Counts(document.Trials));
        if (document.Best.Count == 0) console.WriteLine("no trial is complete");
        foreach (ResultsDocument.BestPart best in document.Best)
        {
            console.WriteLine(
                $"best: trial {best.Number}, {string.Join(", ", best.Values.Select(Texts.Value))} with " +
                Texts.Parameters(best.Params));
        }
        if (document.TestAccuracy is { } accuracy)
            console.WriteLine($"test accuracy of the best parameters: {Texts.Value(accuracy)}");
    }
}
