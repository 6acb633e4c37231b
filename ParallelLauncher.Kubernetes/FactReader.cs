using System.Globalization;
using k8s.Models;

namespace Hpo.ParallelLauncher.Kubernetes;

/// <summary>Reads what matters of the server's objects.</summary>
internal static class FactReader
{
    private const string Disruption = "DisruptionTarget";

    /// <summary>Reasons of a disruption where nobody knows whether the worker has ended.</summary>
    private static readonly string[] LossOfNode = ["DeletionByTaintManager", "DeletionByPodGC"];

    /// <summary>A Job without its pods.</summary>
    public static JobFacts Read(V1Job job)
    {
        V1JobCondition? end = True("Failed") ?? True("FailureTarget") ?? True("Complete") ?? True("SuccessCriteriaMet");
        V1JobCondition? suspended = job.Spec.Suspend is true ? True("Suspended") : null;
        return new JobFacts
        {
            State = end is not null ? end.Type is "Failed" or "FailureTarget" ? JobState.Failed : JobState.Complete
                : job.Spec.Suspend is not true ? JobState.Active
                : job.Metadata.Annotations?.ContainsKey(JobManifest.StoppedAnnotation) is true ? JobState.Stopped : JobState.Suspended,
            Reason = Words((end ?? suspended)?.Reason, (end ?? suspended)?.Message),
            Parallelism = job.Spec.Parallelism ?? 1,
            Workers = job.Spec.Completions ?? 1,
            IsOurs = job.Metadata.Labels?.TryGetValue(JobManifest.RunLabel, out string? run) is true && run == job.Metadata.Name,
            Completed = IndexSet.Parse(job.Status?.CompletedIndexes),
            Failed = IndexSet.Parse(job.Status?.FailedIndexes),
        };

        V1JobCondition? True(string type) => job.Status?.Conditions?.FirstOrDefault(one => one.Type == type && one.Status == "True");
    }

    /// <summary>A pod; null where it is none of an Indexed Job's.</summary>
    public static PodFacts? Read(V1Pod pod)
    {
        if (Number(pod, JobLabels.Index) is not { } index) return null;
        V1ContainerState? worker = pod.Status?.ContainerStatuses?.FirstOrDefault(one => one.Name == JobManifest.Container)?.State;
        string? disruption = Condition(Disruption, "True")?.Reason;
        return new PodFacts
        {
            Name = pod.Metadata.Name,
            Index = index,
            Created = pod.Metadata.CreationTimestamp ?? DateTime.MinValue,
            Phase = Enum.TryParse(pod.Status?.Phase, out PodPhase phase) ? phase : PodPhase.Unknown,
            IsDeleting = pod.Metadata.DeletionTimestamp is not null,
            Node = pod.Spec.NodeName,
            EndedBefore = (Number(pod, JobLabels.Failures) ?? 0) + (Number(pod, JobLabels.IgnoredFailures) ?? 0),
            IsNodeLost = worker?.Terminated is null && (phase is PodPhase.Unknown || LossOfNode.Contains(disruption)),
            ExitCode = worker?.Terminated?.ExitCode,
            Reason = phase switch
            {
                PodPhase.Pending => Waiting(worker),
                PodPhase.Succeeded => null,
                _ => Ended(worker, disruption),
            },
        };

        // An image that cannot be pulled says so at the container; a pod without a node, in a condition.
        string? Waiting(V1ContainerState? worker) =>
            worker?.Waiting is { Reason: not null } waiting ? Words(waiting.Reason, waiting.Message)
            : Condition("PodScheduled", "False") is { } unscheduled ? Words(unscheduled.Reason, unscheduled.Message)
            : null;

        string? Ended(V1ContainerState? worker, string? disruption) => disruption is not null
            ? Words(disruption, Condition(Disruption, "True")!.Message)
            : Words(pod.Status?.Reason, pod.Status?.Message) ?? Words(worker?.Terminated?.Reason, LastLine(worker?.Terminated?.Message));

        V1PodCondition? Condition(string type, string status) =>
            pod.Status?.Conditions?.FirstOrDefault(one => one.Type == type && one.Status == status);
    }

    private static int? Number(V1Pod pod, string annotation) =>
        pod.Metadata.Annotations?.TryGetValue(annotation, out string? text) is true
        && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private static string? Words(string? reason, string? message) =>
        string.Join(": ", new[] { reason, message }.Where(part => !string.IsNullOrWhiteSpace(part))) is { Length: > 0 } words ? words : null;

    private static string? LastLine(string? log) => log?.Split('\n').LastOrDefault(line => !string.IsNullOrWhiteSpace(line))?.Trim();
}
