using System.Globalization;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Studies;
using Hpo.ParallelLauncher.Workers;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Hpo.ParallelLauncher.Display;

/// <summary>Shows a run on a terminal: the workers' lines scroll above a table with a row per worker and an overall bar.</summary>
internal sealed class LiveView : ILaunchView
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(250);
    private const int BarWidth = 60;

    private readonly LaunchPlan _plan;
    private readonly IAnsiConsole _console;
    private readonly TimeProvider _time;
    private readonly long _started;
    private readonly Lock _lock = new();
    private readonly WorkerStatus[] _workers;
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _display;
    private StudySnapshot? _snapshot;

    public LiveView(LaunchPlan plan, IAnsiConsole console, TimeProvider time)
    {
        _plan = plan;
        _console = console;
        _time = time;
        _started = time.GetTimestamp();
        _workers = [.. Enumerable.Range(0, plan.Workers).Select(index => new WorkerStatus { Index = index })];
        _display = console.Live(Render()).AutoClear(true).StartAsync(RefreshAsync);
    }

    // The lock keeps the lines whole; within a live display the console itself writes them above the table.
    public void OnLine(int index, string line, bool isError)
    {
        string prefix = string.Create(CultureInfo.InvariantCulture, $"[{index}] ");
        lock (_lock) _console.Write(new LineAboveLive(prefix, isError ? Color.Yellow : Color.Grey, line));
    }

    public void OnStatus(WorkerStatus status)
    {
        lock (_lock) _workers[status.Index] = status;
        if (status.Problem is { } problem) OnNote(problem);
    }

    public void OnNote(string message)
    {
        lock (_lock) _console.Write(new LineAboveLive($"{LaunchConsole.Name}: ", Color.Blue, message));
    }

    public void OnSnapshot(StudySnapshot snapshot)
    {
        lock (_lock) _snapshot = snapshot;
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        await _display;
        _ended.Dispose();
    }

    private async Task RefreshAsync(LiveDisplayContext context)
    {
        using var timer = new PeriodicTimer(RefreshInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                lock (_lock) context.UpdateTarget(Render());
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over, and its summary follows.
        }
    }

    private Rows Render()
    {
        Table table = new Table().Border(TableBorder.Rounded).AddColumns("worker", "state", "process", "restarts", "exit");
        foreach (WorkerStatus worker in _workers)
        {
            table.AddRow(
                Number(worker.Index), State(worker.State), Number(worker.ProcessId), Number(worker.Restarts), Number(worker.ExitCode));
        }

        var parts = new List<IRenderable> { table };
        if (_snapshot is { } snapshot)
        {
            if (_plan.TotalTrials is { } total) parts.Add(Bar(snapshot.Counts.Finished, total));
            parts.Add(new Text(Texts.Progress(snapshot, _plan.TotalTrials)));
        }

        parts.Add(new Text($"study {_plan.StudyName}, {Texts.Seconds(_time.GetElapsedTime(_started))}", Color.Grey));
        return new Rows(parts);
    }

    private static Markup Bar(int finished, int total)
    {
        int filled = (int)Math.Clamp((long)BarWidth * finished / total, 0, BarWidth);
        string percent = Math.Clamp(100L * finished / total, 0, 100).ToString(CultureInfo.InvariantCulture);
        return new Markup($"[green]{new string('━', filled)}[/][grey]{new string('━', BarWidth - filled)}[/] {percent} %");
    }

    private static string Number(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "–";

    internal static string State(WorkerState state)
    {
        string color = state switch
        {
            WorkerState.Running or WorkerState.Succeeded => "green",
            WorkerState.Failed => "red",
            WorkerState.Restarting or WorkerState.Stopping or WorkerState.Stopped => "yellow",
            _ => "grey",
        };
        return $"[{color}]{state.ToString().ToLowerInvariant()}[/]";
    }
}
