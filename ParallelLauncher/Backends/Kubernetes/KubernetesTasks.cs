using Hpo.Interop;
using Hpo.ParallelLauncher.Kubernetes;

namespace Hpo.ParallelLauncher.Backends.Kubernetes;

/// <summary>What a Job and its pods mean for the workers of a run.</summary>
internal static class KubernetesTasks
{
    /// <summary>The tasks, by index; none where the server has forgotten the run.</summary>
    public static IReadOnlyList<ClusterTask> Of(JobFacts job, int workers)
    {
        ILookup<int, PodFacts> pods = job.Pods.ToLookup(pod => pod.Index);
        return
        [
            .. Enumerable.Range(0, workers)
                .Select(index => PodFacts.Newest(pods[index]) is { } pod ? Of(job, pod) : job.State is null ? null : WithoutPod(job, index))
                .OfType<ClusterTask>(),
        ];
    }

    private static ClusterTask Of(JobFacts job, PodFacts pod)
    {
        TaskState state = pod switch
        {
            { IsNodeLost: true } => TaskState.Lost,
            { Phase: PodPhase.Pending } => TaskState.Queued,
            { Phase: PodPhase.Running } => TaskState.Running,
            _ => IsStartedAnew(job, pod) ? TaskState.Queued : TaskState.Ended,
        };
        return new ClusterTask
        {
            Index = pod.Index,
            State = state,
            Host = pod.Node,
            ExitCode = state is TaskState.Ended ? pod.ExitCode : null,
            Reason = state is TaskState.Queued && pod.Phase is PodPhase.Failed
                ? $"to be started anew after {pod.Reason ?? "its pod's end"}{(pod.ExitCode is { } code ? FormattableString.Invariant($" (exit code {code})") : "")}"
                : pod.Reason,
            Attempt = pod.EndedBefore,
        };
    }

    // Whether an index is given up is the Job controller's decision, which it writes into the Job's status.
    private static bool IsStartedAnew(JobFacts job, PodFacts pod) =>
        pod.Phase is PodPhase.Failed && job.State is JobState.Active or JobState.Suspended
        && !job.Failed.Contains(pod.Index) && !job.Completed.Contains(pod.Index);

    private static ClusterTask WithoutPod(JobFacts job, int index)
    {
        bool hasSucceeded = job.Completed.Contains(index);
        bool hasEnded = hasSucceeded || job.Failed.Contains(index) || job.State is JobState.Stopped or JobState.Complete or JobState.Failed;
        return new ClusterTask
        {
            Index = index,
            State = hasEnded ? TaskState.Ended : TaskState.Queued,
            ExitCode = hasSucceeded ? WorkerExitCode.Success : null,
            Reason = hasSucceeded ? null : hasEnded ? job.Reason : job.Refusal ?? job.Reason ?? Turn(job),
        };
    }

    private static string? Turn(JobFacts job) =>
        job.Pods.Count >= job.Parallelism ? FormattableString.Invariant($"waits for one of the others to end (--max-running {job.Parallelism})") : null;
}
