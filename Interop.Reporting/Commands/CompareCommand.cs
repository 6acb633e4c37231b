using System.CommandLine;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.Interop.Reporting.Pages;
using Hpo.Interop.Reporting.Snapshots;
using Spectre.Console;

namespace Hpo.Interop.Reporting.Commands;

/// <summary>Holds studies against each other: what each reached, with how many trials, in what time.</summary>
internal static class CompareCommand
{
    public static Command Create(TimeProvider time)
    {
        Option<string[]> studies = new("--studies")
        {
            Description = "The names of two or more studies, comma-separated",
            HelpName = "names",
            Required = true,
            CustomParser = result =>
            {
                string[] names = result.Tokens[0].Value.Split(
                    ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
                if (names.Distinct().Count() < 2)
                    result.AddError($"--studies must name two or more studies, such as a,b, not '{result.Tokens[0].Value}'.");
                return names;
            },
        };
        Option<string?> storage = StudyTarget.StorageOption();
        Option<string?> file = new("--out") { Description = "Write a page with plots, too", HelpName = "file" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("compare", "Compare studies: best value, trials, time, and what one trades for another")
        {
            studies, storage, file, json,
        };
        command.SetAction(parsed =>
        {
            string[] names = parsed.GetValue(studies)!;
            StudyTarget target = StudyTarget.Resolve(names[0], parsed.GetValue(storage), names[0]);
            var output = CommandOutput.Of(parsed, json);
            Run(names, target, parsed.GetValue(file), time, output);
            return WorkerExitCode.Success;
        });
        return command;
    }

    private static void Run(string[] names, StudyTarget target, string? file, TimeProvider time, CommandOutput output)
    {
        if (file is not null) AtomicFile.CheckWritable(file);
        target.RequireFile();
        if (StudyContents.NeedOptuna(target.Url)) OptunaStart.Start(verbose: false);
        StudyContents[] studies = [.. names.Select(name => StudyContents.Read(target.Url, name))];
        StudyDirection direction = CommonDirection(studies);
        StudyComparison comparison = StudyComparison.Of(
            direction, [.. studies.Select(study => StudyCost.Of(study.Name, direction, study.Trials))]);
        if (file is not null)
        {
            var reader = new SnapshotReader(StudyFindings.None, time);
            string page = ReportPage.OfComparison([.. studies.Select(study => reader.Read(study, target.Url.Masked))]);
            AtomicFile.WriteText(file, page);
        }
        if (output.Json) output.WriteJson(Document(comparison));
        else ComparisonReport.Write(output.Results, comparison);
    }

    private static object Document(StudyComparison comparison) => new
    {
        Direction = comparison.Direction.Name(),
        Studies = comparison.Studies.Select(study => new
        {
            study.Study,
            study.Trials,
            Best = study.Best is { } best ? TrialPart.From(best) : null,
            study.SecondsInTrials,
            study.SecondsElapsed,
            study.Pruning,
        }),
        comparison.TradeOffs,
    };

    /// <exception cref="UserError">The studies have different directions.</exception>
    private static StudyDirection CommonDirection(StudyContents[] studies)
    {
        if (studies.FirstOrDefault(study => study.Directions.Count > 1) is { } several)
            throw new UserError(
                $"The study '{several.Name}' has {several.Directions.Count} objectives: only studies with one compare. " +
                "Show it with 'report'.");
        if (studies.FirstOrDefault(study => study.Preferential is not null) is { } preferential)
            throw new UserError($"The study '{preferential.Name}' is preferential: people compare its trials, which have no values. Show it with 'report'.");
        StudyDirection direction = studies[0].Directions[0];
        if (studies.FirstOrDefault(study => study.Directions[0] != direction) is { } other)
            throw new UserError(
                $"'{studies[0].Name}' seeks to {direction.Name()} and '{other.Name}' to {other.Directions[0].Name()}: their values do not compare.");
        return direction;
    }
}
