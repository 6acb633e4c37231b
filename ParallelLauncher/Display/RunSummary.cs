using System.Globalization;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Results;
using Spectre.Console;

namespace Hpo.ParallelLauncher.Display;

/// <summary>The end of a run, in a table and words.</summary>
internal static class RunSummary
{
    public static void Write(IAnsiConsole console, RunRecord run)
    {
        if (run.Workers.Count > 0) console.Write(Workers(run));
        if (run.Study is { } study) WriteStudy(console, run.Plan!, study);
        if (run.Finished - run.Started is { } duration) console.WriteLine($"Duration:  {Texts.Duration(duration)}");
        if (run.Directory is { } directory) console.WriteLine($"Logs:      {ShortPath(directory)}");
        if (run.StopReason is { } reason) console.WriteLine($"Stopped:   {reason}.");
        foreach (string error in run.Errors) console.Write(new Text(error + "\n", Color.Red));
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Exit code: {run.ExitCode}"));
    }

    public static void WriteStudy(IAnsiConsole console, PlanRecord plan, StudyRecord study)
    {
        string of = plan.TotalTrials is { } total ? string.Create(CultureInfo.InvariantCulture, $"; {total} {plan.Count.Replace(",", " or ", StringComparison.Ordinal)} were asked for") : "";
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Study:     {plan.Study}: {study.Complete} complete, {study.Pruned} pruned, {study.Failed} failed, {study.Running} running, {study.Waiting} waiting{of}"));
        WriteBest(console, study);
    }

    public static void WriteBest(IAnsiConsole console, StudyRecord study)
    {
        if (study.BestValue is not { } best) return;
        console.WriteLine(study.BestTrial is { } number
            ? string.Create(CultureInfo.InvariantCulture, $"Best:      {Texts.Value(best)} (trial {number})")
            : $"Best:      {Texts.Value(best)}");
        foreach (var (name, value) in study.BestParameters ?? new Dictionary<string, string>())
            console.WriteLine($"           {name} = {value}");
    }

    private static Table Workers(RunRecord run)
    {
        Table table = Texts.Table("worker", "ended", "exit", "restarts", "finished", "share", "duration", "log");
        int all = run.Workers.Sum(Finished);
        foreach (WorkerRecord worker in run.Workers)
        {
            table.AddRow(
                new Text(Texts.Number(worker.Index)),
                new Markup(LiveTable.State(worker.State)),
                new Text(Texts.Exit(worker.ExitCode)),
                new Text(Texts.Number(worker.Restarts)),
                new Text(Texts.Share(worker.Complete, worker.Pruned, worker.Failed)),
                new Text(all == 0 ? Texts.None : string.Create(CultureInfo.InvariantCulture, $"{100.0 * Finished(worker) / all:0} %")),
                new Text(Texts.Duration(TimeSpan.FromSeconds(worker.DurationSeconds))),
                new Text(Path.GetFileName(worker.Log)));
        }

        return table;
    }

    private static int Finished(WorkerRecord worker) => (worker.Complete ?? 0) + (worker.Pruned ?? 0);

    private static string ShortPath(string path) => Path.GetRelativePath(Directory.GetCurrentDirectory(), path);
}
