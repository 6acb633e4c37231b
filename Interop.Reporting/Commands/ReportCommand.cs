using System.CommandLine;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.Interop.Reporting.Pages;
using Hpo.Interop.Reporting.Snapshots;
using Spectre.Console;

namespace Hpo.Interop.Reporting.Commands;

/// <summary>Writes a page that shows a study, of this program or of any other.</summary>
internal static class ReportCommand
{
    /// <param name="time">The clock.</param>
    /// <param name="defaultStudy">The study that is shown where none is named.</param>
    /// <param name="evaluation">What the program can add, or null.</param>
    public static Command Create(TimeProvider time, string defaultStudy, IReportEvaluation? evaluation = null)
    {
        Option<string?> study = StudyTarget.StudyOption();
        Option<string?> storage = StudyTarget.StorageOption();
        Option<string> file = new("--out")
        {
            Description = "The page's file; it is replaced where it exists",
            HelpName = "file",
            DefaultValueFactory = _ => "report.html",
        };
        (Option<string> importance, Option<string> terminator) = (FindingOptions.Importance(), FindingOptions.Terminator());
        Option<bool> json = CommonOptions.Json();
        var command = new Command("report", "Write a page that shows a study: summary, plots and all trials")
        {
            study, storage, file, importance, terminator, json,
        };
        foreach (Option option in evaluation?.Options ?? []) command.Options.Add(option);
        command.SetAction((parsed, cancellation) =>
        {
            StudyTarget target = StudyTarget.Resolve(parsed.GetValue(study), parsed.GetValue(storage), defaultStudy);
            var output = CommandOutput.Of(parsed, json);
            bool asksOptuna = parsed.GetValue(importance) != ImportanceFinder.None || parsed.GetValue(terminator) != TerminatorFinder.None;
            if (asksOptuna || StudyContents.NeedOptuna(target.Url)) OptunaStart.Start(verbose: false);
            Run(target, parsed.GetValue(file)!, new SnapshotReader(FindingOptions.Of(parsed, importance, terminator), time),
                contents => evaluation?.Run(parsed, contents, cancellation), output);
            return Task.FromResult(WorkerExitCode.Success);
        });
        return command;
    }

    private static void Run(
        StudyTarget target, string file, SnapshotReader reader, Func<StudyContents, EvaluationSnapshot?> evaluate, CommandOutput output)
    {
        AtomicFile.CheckWritable(file);
        target.RequireFile();
        var contents = StudyContents.Read(target.Url, target.Name);
        EvaluationSnapshot? evaluation = evaluate(contents);
        StudySnapshot snapshot = reader.Read(contents, target.Url.Masked) with { Evaluation = evaluation };
        AtomicFile.WriteText(file, ReportPage.OfStudy(snapshot));
        string path = Path.GetFullPath(file);
        if (output.Json) output.WriteJson(new { Study = snapshot.Name, Trials = snapshot.Trials.Count, Out = path });
        else output.Results.WriteLine($"{snapshot.Trials.Count} trials of {snapshot.Name} in {path}");
    }
}
