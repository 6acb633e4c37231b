using System.Globalization;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Progress;
using Hpo.ParallelLauncher.Workers;
using Spectre.Console;

namespace Hpo.ParallelLauncher.Display;

/// <summary>Shows a run on a terminal: the workers' lines scroll above a table with a row per worker and an overall bar.</summary>
internal sealed class LiveView : ILaunchView
{
    private static readonly TimeSpan RefreshInterval = TimeSpan.FromMilliseconds(500);

    private readonly IAnsiConsole _console;
    private readonly LaunchPlan _plan;
    private readonly TimeProvider _time;
    private readonly RunFaults _faults;
    private readonly LiveTable _table;
    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _ended = new();
    private readonly Task _display;

    public LiveView(LaunchPlan plan, IAnsiConsole console, TimeProvider time, RunFaults faults)
    {
        _faults = faults;
        _plan = plan;
        _console = console;
        _time = time;
        _table = new LiveTable(plan, time);
        _display = console.Live(_table.Render(console.Profile)).AutoClear(true).StartAsync(RefreshAsync);
    }

    // The lock keeps the lines whole; within a live display the console itself writes them above the table.
    public void OnLine(int index, string line, bool isError)
    {
        string prefix = string.Create(CultureInfo.InvariantCulture, $"[{index}] ");
        lock (_lock) _console.Write(new LineAboveLive(prefix, isError ? Color.Yellow : Color.Grey, line));
    }

    public void OnStatus(WorkerStatus status)
    {
        lock (_lock) _table.Take(status);
        if (status.Problem is { } problem) OnNote(problem);
    }

    public void OnNote(string message)
    {
        lock (_lock) _console.Write(new LineAboveLive($"{LaunchConsole.Name}: ", Color.Blue, message));
    }

    public void OnLost(LostTrial trial) => OnNote(Texts.Lost(trial));

    public void OnStop(StopStage stage, StopReason reason) => OnNote(Texts.Stop(stage, reason, _plan.Grace));

    public void OnProgress(RunProgress progress)
    {
        lock (_lock) _table.Take(progress);
    }

    public async ValueTask DisposeAsync()
    {
        await _ended.CancelAsync();
        try
        {
            await _display;
        }
        catch (Exception error)
        {
            _faults.Add("The live table", error);
        }

        _ended.Dispose();
    }

    private async Task RefreshAsync(LiveDisplayContext context)
    {
        using var timer = new PeriodicTimer(RefreshInterval, _time);
        try
        {
            while (await timer.WaitForNextTickAsync(_ended.Token))
            {
                _faults.Guard("The live table", () =>
                {
                    lock (_lock) context.UpdateTarget(_table.Render(_console.Profile));
                });
            }
        }
        catch (OperationCanceledException)
        {
            // The run is over, and its summary follows.
        }
    }
}
