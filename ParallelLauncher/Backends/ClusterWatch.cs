using Hpo.Interop;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Backends;

/// <summary>Makes a worker's status of what its engine says and of what its agent has written.</summary>
internal sealed class ClusterWatch(ClusterRun run, IClusterBackend engine, TimeProvider time)
{
    // After so long without a word, from the engine and from the agent, a worker has ended.
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    // What an agent wrote last may come late through a shared file system.
    private static readonly TimeSpan Lag = TimeSpan.FromSeconds(10);

    private const int LongestWords = 200; // of a task's log

    private readonly bool _readsFiles = engine.SharesFolders && Directory.Exists(run.Directory);
    private readonly Dictionary<int, long> _silentSince = [];
    private readonly Dictionary<int, DateTimeOffset> _written = [];

    /// <summary>Whether there is no time to wait for a word: what is silent now has ended.</summary>
    public bool IsOneLook { get; init; }

    /// <summary>The workers by index.</summary>
    /// <param name="tasks">What the engine knows, or null where it does not answer.</param>
    public IReadOnlyList<WorkerStatus> Read(IReadOnlyList<ClusterTask>? tasks)
    {
        Dictionary<int, ClusterTask> known = (tasks ?? []).GroupBy(task => task.Index).ToDictionary(group => group.Key, group => group.Last());
        return
        [
            .. Enumerable.Range(0, run.Workers).Select(index => Status(
                index, known.GetValueOrDefault(index), _readsFiles ? AgentStatus.Read(run.Directory, index) : null, tasks is not null)),
        ];
    }

    private WorkerStatus Status(int index, ClusterTask? task, AgentStatus? agent, bool isAnswered)
    {
        if (!_readsFiles && task is not null) return OfTask(task);
        if (task is not null && agent?.Attempt < task.Attempt) agent = null; // of an attempt before
        WorkerStatus status = agent?.Worker ?? new WorkerStatus { Index = index, State = WorkerState.Queued, Start = run.FirstStart(index) };
        bool isFinal = agent is { HasEnded: true, IsRequeued: false };
        // The worker has ended, and its agent still fails what it left, or asks to be started anew.
        if (status.HasEnded && !isFinal) status = status with { State = WorkerState.Stopping };
        switch (task?.State)
        {
            case TaskState.Queued:
                return status with { State = WorkerState.Queued, Host = null, ProcessId = null, Reason = task.Reason };
            case TaskState.Running when agent is null:
                return status with { State = WorkerState.Queued, Host = task.Host, Reason = Spoken(index, "started, no contact yet", "started, no contact") };
            case TaskState.Running when !agent.HasContact && !isFinal:
                return status with { State = WorkerState.Queued, Host = agent.Host, Reason = "started, no contact with the database" };
            case TaskState.Running when !isFinal:
                return Heard(index, agent.IsRequeued ? status with { State = WorkerState.Queued, Reason = "is started anew" } : status);
            case TaskState.Ended or TaskState.Lost when !isFinal:
                if (!IsSilent(index, Lag)) return agent?.IsRequeued is true ? status with { State = WorkerState.Queued, Reason = "is started anew" } : status;
                return agent?.IsRequeued is true ? NotStartedAnew(agent.Worker, task) : Vanished(status, task);
        }

        if (isFinal) return Heard(index, status);
        // The engine has forgotten it, or does not answer: its agent's word is all there is.
        if (!isAnswered || (agent is not null && IsRenewed(index))) return Heard(index, status);
        return IsSilent(index, Silence) ? Vanished(status, null) : status;
    }

    // All that is known where agents write no files.
    private WorkerStatus OfTask(ClusterTask task) => new()
    {
        Index = task.Index,
        Start = run.FirstStart(task.Index) + task.Attempt * AgentPlan.StartsPerAttempt,
        Host = task.Host,
        Reason = task.State is TaskState.Ended ? null : task.Reason,
        ExitCode = task.ExitCode,
        Restarts = task.Attempt,
        Problem = task is { State: TaskState.Ended, ExitCode: not 0 } ? task.Reason : null,
        State = task.State switch
        {
            TaskState.Queued => WorkerState.Queued,
            TaskState.Running or TaskState.Lost => WorkerState.Running,
            _ => task.ExitCode switch { 0 => WorkerState.Succeeded, null or WorkerExitCode.Interrupted or WorkerExitCode.Terminated => WorkerState.Stopped, _ => WorkerState.Failed },
        },
    };

    private WorkerStatus Heard(int index, WorkerStatus status)
    {
        _silentSince.Remove(index);
        return status;
    }

    private string Spoken(int index, string at, string after) => IsSilent(index, Silence) ? after : at;

    private bool IsSilent(int index, TimeSpan duration)
    {
        if (!_silentSince.TryGetValue(index, out long since)) since = _silentSince[index] = time.GetTimestamp();
        return IsOneLook || time.GetElapsedTime(since) >= duration;
    }

    // By the change of the file's time alone: the hosts' clocks may differ. One look sees no change, and asks the folder's own clock.
    private bool IsRenewed(int index)
    {
        DateTimeOffset written = AgentStatus.Written(run.Directory, index);
        if (IsOneLook) return SharedClock.Now(run.Directory, time) - written < Silence;
        bool isRenewed = !_written.TryGetValue(index, out DateTimeOffset known) || known != written;
        _written[index] = written;
        return isRenewed;
    }

    // Its agent has ended in order and asked for a new start, which a person, or the engine, did not grant.
    private WorkerStatus NotStartedAnew(WorkerStatus ended, ClusterTask task) => ended with
    {
        State = WorkerState.Failed,
        ProcessId = null,
        Problem = $"it was not started anew ({task.Reason ?? "no reason given"}): go on with ParallelLauncher --resume {run.Id}",
    };

    private WorkerStatus Vanished(WorkerStatus status, ClusterTask? task) => status with
    {
        State = WorkerState.Failed,
        ProcessId = null,
        ExitCode = task?.ExitCode is { } code and not 0 ? code : status.ExitCode ?? WorkerExitCode.Failure,
        Problem = (task is null ? "the engine does not know its task any more, and its agent has left no word"
            : $"its task has ended without a word of its agent ({task.Reason ?? "no reason given"})")
            + (engine.TaskLog(status.Index) is { } log ? TaskWords(Path.Combine(run.Directory, log)) : ""),
    };

    // What ended before the agent could say it: its program is not on the host, a library is missing, memory is short.
    private static string TaskWords(string log)
    {
        try
        {
            return File.ReadLines(log).LastOrDefault(line => !string.IsNullOrWhiteSpace(line)) is { } line
                ? $"; {log} ends with: {line.Trim()[..Math.Min(line.Trim().Length, LongestWords)]}" : $"; {log} is empty";
        }
        catch (Exception error) when (FileErrors.Is(error))
        {
            return $"; there is no {log}: do all hosts share its folder?";
        }
    }
}
