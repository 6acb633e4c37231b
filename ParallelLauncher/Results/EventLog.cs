using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Progress;
using Hpo.ParallelLauncher.Studies;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Results;

/// <summary>Writes what happens in a run as lines of JSON.</summary>
/// <param name="time">The clock.</param>
/// <param name="writers">Write a line, and do not throw where they cannot.</param>
internal sealed class EventLog(TimeProvider time, params IReadOnlyList<Action<string>> writers) : ILaunchObserver
{
    private readonly Lock _lock = new();
    private TrialCounts? _shown;

    public void Write(LaunchEvent happened)
    {
        string line = (happened with { Time = time.GetUtcNow() }).ToJson();
        lock (_lock)
        {
            foreach (Action<string> write in writers) write(line);
        }
    }

    public void OnStatus(WorkerStatus status) => Write(new LaunchEvent
    {
        Event = "worker",
        Worker = status.Index,
        State = status.State.ToString().ToLowerInvariant(),
        Start = status.Start,
        ProcessId = status.ProcessId,
        ExitCode = status.ExitCode,
        Restarts = status.Restarts,
        Message = status.Problem,
    });

    public void OnNote(string message) => Write(new LaunchEvent { Event = "note", Message = message });

    public void OnProgress(RunProgress progress)
    {
        if (_shown == progress.Study.Counts) return;
        _shown = progress.Study.Counts;
        Write(new LaunchEvent
        {
            Event = "progress",
            Study = StudyRecord.Of(progress.Study),
            Finished = progress.Finished,
            TrialsPerMinute = progress.TrialsPerMinute is { } rate ? Math.Round(rate, 2) : null,
            SecondsLeft = progress.Left is { } left ? Math.Round(left.TotalSeconds) : null,
        });
    }

    public void OnLost(LostTrial trial) => Write(new LaunchEvent
    {
        Event = "trial-lost",
        Trial = trial.Number,
        Worker = trial.Owner?.Worker,
        RetriedAs = trial.RetriedAs,
    });

    public void OnStop(StopStage stage, StopReason reason) => Write(new LaunchEvent
    {
        Event = "stopping",
        Stage = stage.ToString().ToLowerInvariant(),
        Message = reason.Description,
    });
}
