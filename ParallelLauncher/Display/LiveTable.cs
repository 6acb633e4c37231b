using System.Globalization;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Progress;
using Hpo.ParallelLauncher.Workers;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Hpo.ParallelLauncher.Display;

/// <summary>A row a worker, and below it the overall bar.</summary>
internal sealed class LiveTable(LaunchPlan plan, TimeProvider time)
{
    private const int WidestBar = 60;

    // Title, borders, the bar, the line below it, and two lines of what the workers write.
    private const int OtherLines = 10;

    private const int StateColumn = 1;

    private readonly long _started = time.GetTimestamp();
    private readonly WorkerStatus[] _workers = [.. Enumerable.Range(0, plan.Workers).Select(index => new WorkerStatus { Index = index })];
    private RunProgress? _progress;

    public void Take(WorkerStatus status) => _workers[status.Index] = status;

    public void Take(RunProgress progress) => _progress = progress;

    public Rows Render(Profile profile)
    {
        var parts = new List<IRenderable> { Workers(Math.Max(1, profile.Height - OtherLines)) };
        string elapsed = Texts.Duration(time.GetElapsedTime(_started));
        if (_progress is { } progress)
        {
            if (plan.TotalTrials is { } total) parts.Add(Bar(progress.Finished, total, Math.Clamp(profile.Width - 30, 10, WidestBar)));
            parts.Add(new Markup(string.Join("[grey] · [/]", Facts(progress, elapsed))));
        }
        else
        {
            parts.Add(new Text($"{plan.StudyName} · {elapsed}", Color.Grey));
        }

        return new Rows(parts);
    }

    /// <summary>The state in its colour.</summary>
    public static string State(string state)
    {
        string color = state switch
        {
            "running" or "succeeded" => "green",
            "failed" => "red",
            "restarting" or "stopping" or "stopped" => "yellow",
            _ => "grey",
        };
        return $"[{color}]{state}[/]";
    }

    private Table Workers(int most)
    {
        string[] columns = ["worker", "state", "trial", "last value", "finished", "restarts", "process"];
        Table table = Texts.Table(IsOnCluster ? [.. columns, "host"] : columns);
        foreach (TableColumn column in table.Columns.Where((_, index) => index != StateColumn)) column.Alignment = Justify.Right;
        foreach (WorkerStatus worker in _workers.Take(most))
        {
            WorkerTally? tally = _progress?.Workers[worker.Index];
            bool ownsTrials = tally is not null && tally != new WorkerTally();
            string[] cells =
            [
                Texts.Number(worker.Index),
                State(worker),
                Texts.Number(tally?.Trial),
                Texts.Value(tally?.LastValue),
                ownsTrials ? Texts.Share(tally!.Complete, tally.Pruned, tally.Failed) : Texts.None,
                Texts.Number(worker.Restarts),
                Texts.Number(worker.ProcessId),
            ];
            table.AddRow(IsOnCluster ? [.. cells, Markup.Escape(worker.Host ?? Texts.None)] : cells);
        }

        if (_workers.Length > most)
        {
            table.Caption(string.Create(CultureInfo.InvariantCulture,
                $"and {_workers.Length - most} more, {_workers.Skip(most).Count(worker => worker.State is WorkerState.Running)} of them running"));
        }

        return table;
    }

    private bool IsOnCluster => plan.Request.Backend != LaunchRequest.LocalBackend;

    private string State(WorkerStatus worker)
    {
        string state = State(worker.State.ToString().ToLowerInvariant());
        if (worker.NextStart is { } next && next > time.GetUtcNow())
        {
            state += string.Create(CultureInfo.InvariantCulture, $" [grey]in {(next - time.GetUtcNow()).TotalSeconds:0} s[/]");
        }

        if (worker.State is WorkerState.Queued && worker.Reason is { } reason) state += $" [grey]{Markup.Escape(reason)}[/]";
        return worker.State is WorkerState.Restarting or WorkerState.Failed or WorkerState.Stopped
            ? $"{state} [grey](exit {Texts.Exit(worker.ExitCode)})[/]"
            : state;
    }

    private static Markup Bar(int finished, int total, int width)
    {
        int filled = (int)Math.Clamp((long)width * finished / total, 0, width);
        string percent = Math.Clamp(100L * finished / total, 0, 100).ToString(CultureInfo.InvariantCulture);
        return new Markup(string.Create(CultureInfo.InvariantCulture,
            $"[green]{new string('━', filled)}[/][grey]{new string('━', width - filled)}[/] {percent} %  {finished} of {total} trials"));
    }

    private IEnumerable<string> Facts(RunProgress progress, string elapsed)
    {
        yield return $"[bold]{Markup.Escape(plan.StudyName)}[/]";
        if (plan.TotalTrials is null) yield return string.Create(CultureInfo.InvariantCulture, $"{progress.Finished} trials");
        yield return string.Create(CultureInfo.InvariantCulture, $"{progress.Study.Counts.Running} running");
        if (progress.Study.Counts.Pruned > 0) yield return string.Create(CultureInfo.InvariantCulture, $"{progress.Study.Counts.Pruned} pruned");
        foreach (string part in Texts.Rest(progress)) yield return Markup.Escape(part);
        yield return $"[grey]{elapsed}[/]";
    }
}
