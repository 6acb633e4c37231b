using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Results;
using Hpo.ParallelLauncher.Studies;
using Spectre.Console;

namespace Hpo.ParallelLauncher.Display;

/// <summary>What <c>status</c> shows.</summary>
internal static class StatusText
{
    private const int MostRuns = 10;

    public static void Write(IAnsiConsole console, StudyStatus? status, IReadOnlyList<RunRecord> runs)
    {
        if (status is not null) WriteStudy(console, status);
        foreach (RunRecord run in runs.Where(run => run is { Job: not null, IsOpen: true })) console.Write(Workers(run));
        if (runs.Count > 0) console.Write(Runs(runs.Take(MostRuns)));
        else if (status is null) console.WriteLine("No runs here. Another folder: --log-dir. A study: --study");
    }

    private static void WriteStudy(IAnsiConsole console, StudyStatus status)
    {
        TrialCounts counts = status.Progress.Counts;
        console.WriteLine($"Study:     {status.Name} in {status.Storage.Masked}");
        console.WriteLine($"Direction: {string.Join(", ", status.Progress.Directions.Select(direction => direction.Name()))}");
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"Trials:    {counts.Complete} complete, {counts.Pruned} pruned, {counts.Failed} failed, {counts.Running} running, {counts.Waiting} waiting"));
        RunSummary.WriteBest(console, StudyRecord.Of(status.Progress, status.Best));
        RunningTrialRecord[] running = [.. status.Open.Where(trial => trial.IsRunning).Select(RunningTrialRecord.Of)];
        if (running.Length > 0) console.Write(Running(running));
    }

    private static Table Running(IEnumerable<RunningTrialRecord> trials)
    {
        Table table = Texts.Table("trial", "worker", "process", "host", "alive", "heartbeat", "run");
        foreach (RunningTrialRecord trial in trials)
        {
            table.AddRow(
                new Text(Texts.Number(trial.Number)),
                new Text(Texts.Number(trial.Worker)),
                new Text(Texts.Number(trial.ProcessId)),
                new Text(trial.Host ?? Texts.None),
                new Markup(trial.IsAlive switch { true => "[green]yes[/]", false => "[red]no[/]", null => "[grey]unknown[/]" }),
                new Text(trial.SecondsSinceHeartbeat is { } seconds ? $"{Texts.Duration(TimeSpan.FromSeconds(Math.Max(0, seconds)))} ago" : Texts.None),
                new Text(trial.Run ?? Texts.None));
        }

        return table;
    }

    private static Table Workers(RunRecord run)
    {
        Table table = Texts.Table("worker", "state", "host", "process", "restarts", "exit");
        foreach (WorkerRecord worker in run.Workers)
        {
            string why = worker.Reason ?? worker.Problem ?? "";
            table.AddRow(
                new Text(Texts.Number(worker.Index)),
                new Markup(LiveTable.State(worker.State) + (why.Length == 0 ? "" : $" [grey]{Markup.Escape(why)}[/]")),
                new Text(worker.Host ?? Texts.None),
                new Text(Texts.Number(worker.ProcessId)),
                new Text(Texts.Number(worker.Restarts)),
                new Text(Texts.Exit(worker.ExitCode)));
        }

        return table.Title($"{run.Run}, {run.Job}");
    }

    private static Table Runs(IEnumerable<RunRecord> runs)
    {
        Table table = Texts.Table("run", "state", "exit", "study", "workers", "trials", "started");
        foreach (RunRecord run in runs)
        {
            table.AddRow(
                new Text(run.Run ?? Texts.None),
                new Markup(State(run)),
                new Text(Texts.Number(run.ExitCode)),
                new Text(run.Plan?.Study ?? Texts.None),
                new Text(Texts.Number(run.Plan?.Workers)),
                new Text(Trials(run)),
                new Text(run.Started?.LocalDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) ?? Texts.None));
        }

        return table;
    }

    private static string State(RunRecord run) => (run.State, run.IsRunning) switch
    {
        (_, true) when run is { Job: not null, IsLed: not true } => "[green]running[/] [grey](detached)[/]",
        (_, false) when run is { Job: not null, IsOpen: true } => "ended",
        (_, null) when run.Job is not null => "[grey]unknown: its engine does not answer here[/]",
        ("running", true) => "[green]running[/]",
        ("running", false) => "[red]killed[/] [grey](--resume goes on)[/]",
        ("running", null) => $"[grey]running on {Markup.Escape(run.Launcher?.Host ?? "another machine")}[/]",
        _ => run.State,
    };

    private static string Trials(RunRecord run)
    {
        if (run.Study is not { } study) return Texts.None;
        string of = run.Plan?.TotalTrials is { } total ? $" of {Texts.Number(total)}" : "";
        return $"{Texts.Number(study.Complete + study.Pruned)}{of}";
    }
}
