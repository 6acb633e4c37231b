using System.Globalization;
using Hpo.ParallelLauncher.Results;
using Spectre.Console;

namespace Hpo.ParallelLauncher.Display;

/// <summary>The end of a run, in words and a table.</summary>
internal static class RunSummary
{
    public static void Write(IAnsiConsole console, RunRecord run)
    {
        Table table = new Table().Border(TableBorder.Rounded)
            .AddColumns("worker", "ended", "exit", "restarts", "duration", "log");
        foreach (WorkerRecord worker in run.Workers)
        {
            table.AddRow(
                new Text(worker.Index.ToString(CultureInfo.InvariantCulture)),
                new Text(worker.State),
                new Text(worker.ExitCode?.ToString(CultureInfo.InvariantCulture) ?? "–"),
                new Text(worker.Restarts.ToString(CultureInfo.InvariantCulture)),
                new Text(Texts.Seconds(TimeSpan.FromSeconds(worker.DurationSeconds))),
                new Text(Path.GetRelativePath(System.IO.Directory.GetCurrentDirectory(), worker.Log)));
        }

        if (run.Workers.Count > 0) console.Write(table);
        if (run.Study is { } study)
        {
            console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"Study {run.Plan!.Study}: {study.Complete} complete, {study.Pruned} pruned, {study.Failed} failed, {study.Running} running, {study.Waiting} waiting."));
            if (study.BestValue is { } best) console.WriteLine($"Best value: {Texts.Value(best)}");
        }

        if (run.StopReason is { } reason) console.WriteLine($"Stopped: {reason}.");
        foreach (string error in run.Errors) console.WriteLine(error);
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Exit code {run.ExitCode}."));
    }

    public static void WritePlan(IAnsiConsole console, RunRecord run)
    {
        PlanRecord plan = run.Plan!;
        if (plan.Project is { } project) console.WriteLine($"build once: {project}");
        console.WriteLine(plan.Project is null
            ? $"worker:     {string.Join(' ', plan.Arguments.Prepend(plan.Program))}"
            : $"worker:     the project's program {string.Join(' ', plan.Arguments)}");
        console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"workers:    {plan.Workers}"));
        console.WriteLine($"study:      {plan.Study}");
        console.WriteLine($"storage:    {plan.Storage}");
        console.WriteLine($"direction:  {(plan.Directions.Count == 0 ? "the worker's" : string.Join(", ", plan.Directions))}");
        console.WriteLine($"trials:     {plan.TotalTrials?.ToString(CultureInfo.InvariantCulture) ?? "no limit"}");
        console.WriteLine($"seed:       {plan.Seed?.ToString(CultureInfo.InvariantCulture) ?? "none"}");
        console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"restarts:   {plan.MaxRestarts} per worker, halt {plan.Halt}"));
        foreach (string warning in run.Warnings) console.WriteLine($"warning:    {warning}");
    }
}
