using System.CommandLine;
using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.Interop.Reporting.Snapshots;
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
            Description = "For images: train with the best hyperparameters and with the defaults on all images that the " +
                "study used, and test both",
        };
        Option<string?> data = ImageDataOptions.Folder("with --evaluate: the folder of the study's images [default: where 'tune' found or looks for them]");
        Option<string?> testFolder = TestFolder.Option();
        Option<bool> json = CommonOptions.Json();
        var command = new Command("results", "Show a study's trials, its best one, and the test score of that")
        {
            study, storage, engine, evaluate, data, testFolder, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            StudyTarget target = StudyTarget.Resolve(
                parsed.GetValue(study), parsed.GetValue(storage), DigitsSettings.Name, parsed.GetValue(engine));
            var output = CommandOutput.Of(parsed, json);
            var test = new StudyTest(parsed.GetValue(evaluate), parsed.GetValue(data), parsed.GetValue(testFolder), images => Notes.Write(output, images));
            Run(target, test, output, cancellation);
            return Task.FromResult(WorkerExitCode.Success);
        });
        return command;
    }

    private static void Run(StudyTarget target, StudyTest test, CommandOutput output, CancellationToken cancellation)
    {
        target.RequireFile();
        OptunaStart.Start(verbose: false);
        using Study study = Study.Load(target.Name, target.Open());
        IReadOnlyList<FrozenTrial> trials = study.Trials;
        IReadOnlyList<FrozenTrial> best = BestTrials.Of(trials, study.Directions);
        IReadOnlyDictionary<string, object?> attrs = study.UserAttrs;
        TestScores? scores = best is [var only] ? test.Score(only, attrs, cancellation) : null;
        var document = new ResultsDocument(
            study.Name,
            target.Url.Masked,
            [.. study.Directions.Select(direction => direction.Name())],
            StudyCost.CountByState(trials),
            [.. best.Select(ResultsDocument.BestPart.From)],
            PruningSaving.Of(trials),
            scores?.Best,
            scores?.Defaults);
        if (output.Json) output.WriteJson(document);
        else Write(output.Results, document, hint: best.Count == 1 && scores is null && StudyTest.CanEvaluate(attrs));
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
        if (hint)
            console.WriteLine("(with --evaluate, the best parameters and the defaults are trained and tested)");
    }
}
