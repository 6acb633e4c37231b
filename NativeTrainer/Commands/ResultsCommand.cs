using System.CommandLine;
using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.Interop.Reporting.Snapshots;
using Hpo.Interop.Tables;
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
        Option<string?> engine = StudyTarget.EngineOption();
        Option<bool> evaluate = new("--evaluate")
        {
            Description = "For images and tables: train with the best hyperparameters and with the defaults on all that the " +
                "study used, and test both",
        };
        Option<string?> data = ImageDataOptions.Folder("With --evaluate: the folder of the study's images, or its table [default: where 'tune' found or looks for them]");
        Option<string?> testFolder = TestFolder.Option();
        Option<int?> trial = ChosenTrial.Option("The trial to test and to save [default: the best]");
        Option<FileInfo?> save = new("--save") { Description = "For tables: save the trained model as ML.NET's file", HelpName = "file" };
        Option<FileInfo?> onnx = new("--onnx") { Description = "For tables: write the trained model as ONNX", HelpName = "file" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("results", "Show a study's trials, its best one, and the test score of that")
        {
            study, storage, engine, evaluate, data, testFolder, trial, save, onnx, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            StudyTarget target = StudyTarget.Resolve(
                parsed.GetValue(study), parsed.GetValue(storage), DigitsSettings.Name, parsed.GetValue(engine));
            var output = CommandOutput.Of(parsed, json);
            var test = new StudyTest(
                parsed.GetValue(evaluate),
                parsed.GetValue(data),
                parsed.GetValue(testFolder),
                images => Notes.Write(output, images));
            var table = new TableResults(
                parsed.GetValue(evaluate), parsed.GetValue(data), Writable(parsed.GetValue(save)), Writable(parsed.GetValue(onnx)));
            Run(target, test, table, parsed.GetValue(trial), output, cancellation);
            return Task.FromResult(WorkerExitCode.Success);
        });
        return command;
    }

    private static void Run(
        StudyTarget target, StudyTest test, TableResults table, int? number, CommandOutput output, CancellationToken cancellation)
    {
        target.RequireFile();
        OptunaStart.Start(verbose: false);
        using Study study = Study.Load(target.Name, target.Open());
        if (StudyPreferences.IsPreferential(study.SystemAttrs))
            throw new UserError($"The study '{study.Name}' is preferential: people compare its trials, which have no values. Show it with 'report' or 'dashboard'.");
        IReadOnlyList<FrozenTrial> trials = study.Trials;
        IReadOnlyList<FrozenTrial> best = BestTrials.Of(trials, study.Directions);
        IReadOnlyDictionary<string, object?> attrs = study.UserAttrs;
        FrozenTrial? chosen = ChosenTrial.Of(study.Name, trials, best, number);
        if (table.Saves && TableSettings.OptionsOf(attrs) is null)
            throw new UserError($"--save and --onnx: the study '{study.Name}' is over no table, and has no such model. Leave them out.");
        if (chosen is null && table.Saves && best.Count == 0)
            throw new UserError($"--save and --onnx: the study '{study.Name}' has no complete trial. Run more of them by 'tune table'.");
        if (chosen is null && table.IsAsked && best.Count > 1)
            throw new UserError(ChosenTrial.Several(study.Name, best));
        TestScores? scores = chosen is null ? null : test.Score(chosen, attrs, cancellation);
        TableEvaluation? evaluation = chosen is null ? null : table.Run(chosen, attrs, cancellation);
        var document = new ResultsDocument(
            study.Name,
            target.Url.Masked,
            [.. study.Directions.Select(direction => direction.Name())],
            StudyCost.CountByState(trials),
            [.. best.Select(ResultsDocument.BestPart.From)],
            PruningSaving.Of(trials),
            scores?.Best,
            scores?.Defaults,
            evaluation);
        if (output.Json) output.WriteJson(document);
        else Write(output.Results, document, hint: best.Count == 1 && scores is null && evaluation is null && (StudyTest.CanEvaluate(attrs) || TableSettings.OptionsOf(attrs) is not null));
    }

    private static string? Writable(FileInfo? file)
    {
        if (file is not null) AtomicFile.CheckWritable(file.FullName);
        return file?.FullName;
    }

    private static void Write(IAnsiConsole console, ResultsDocument document, bool hint)
    {
        console.WriteLine($"study {document.Study} in {document.Storage}, {string.Join(", ", document.Directions)}");
        console.WriteLine(Texts.Counts(document.Trials));
        if (document.Best.Count == 0) console.WriteLine(Texts.NoBest(document.Trials));
        foreach (ResultsDocument.BestPart best in document.Best)
        {
            console.WriteLine(
                $"best: trial {best.Number}, {string.Join(", ", best.Values.Select(Texts.Value))} with " +
                Texts.Parameters(best.Params));
        }
        if (document.Pruning is { } pruning)
        {
            console.WriteLine(FormattableString.Invariant(
                $"pruning saved {pruning.SavedShare * 100:F0} % of the work: {pruning.Steps} steps run, {pruning.StepsWithoutPruning} without pruning"));
        }
        if (document.TestAccuracy is { } accuracy)
            console.WriteLine($"test accuracy of the best parameters: {Texts.Value(accuracy)}");
        if (document.DefaultsTestAccuracy is { } defaults)
            console.WriteLine($"test accuracy of the defaults: {Texts.Value(defaults)}, on the same images and epochs");
        if (document.Table is { } table) TableResults.Write(console, table);
        if (hint)
            console.WriteLine("(with --evaluate, the best parameters and the defaults are trained and tested)");
    }
}
