using System.Globalization;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Progress;
using Hpo.ParallelLauncher.Studies;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Display;

/// <summary>Shows a run as lines, for files, pipes and logs.</summary>
/// <param name="plan">The run's plan.</param>
/// <param name="output">Takes the workers' standard output and the progress.</param>
/// <param name="error">Takes the workers' standard error and the launcher's notes.</param>
/// <param name="time">The clock.</param>
internal sealed class PlainView(LaunchPlan plan, TextWriter output, TextWriter error, TimeProvider time) : ILaunchView
{
    private static readonly TimeSpan ShortestProgressInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private TrialCounts? _shown;
    private long? _shownAt;

    public void OnLine(int index, string line, bool isError) =>
        Write(isError ? error : output, string.Create(CultureInfo.InvariantCulture, $"[{index}] {line}"));

    public void OnStatus(WorkerStatus status)
    {
        if (status.State is WorkerState.Running)
        {
            Note(string.Create(CultureInfo.InvariantCulture, $"worker {status.Index} runs as process {status.ProcessId}") + (status.Host is { } host ? $" on {host}" : ""));
        }
        else if (status is { State: WorkerState.Queued, Reason: { } reason })
        {
            Note(string.Create(CultureInfo.InvariantCulture, $"worker {status.Index} waits: {reason}") + (status.Host is { } host ? $" ({host})" : ""));
        }
        else if (status.State is WorkerState.Failed)
        {
            Note(string.Create(CultureInfo.InvariantCulture,
                $"worker {status.Index} failed for good with exit code {status.ExitCode}") +
                 (status.Problem is { } problem ? $": {problem}" : ""));
        }
    }

    public void OnNote(string message) => Note(message);

    public void OnLost(LostTrial trial) => Note(Texts.Lost(trial));

    public void OnStop(StopStage stage, StopReason reason) => Note(Texts.Stop(stage, reason, plan.Grace));

    public void OnProgress(RunProgress progress)
    {
        if (_shown == progress.Study.Counts) return;
        if (_shownAt is { } last && time.GetElapsedTime(last) < ShortestProgressInterval) return;
        _shown = progress.Study.Counts;
        _shownAt = time.GetTimestamp();
        Write(output, $"{LaunchConsole.Name}: {Texts.Progress(progress, plan.TotalTrials)}");
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private void Note(string message) => Write(error, $"{LaunchConsole.Name}: {message}");

    private void Write(TextWriter writer, string line)
    {
        lock (_lock) writer.WriteLine(line);
    }
}
