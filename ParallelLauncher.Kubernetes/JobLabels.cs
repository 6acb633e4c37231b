namespace Hpo.ParallelLauncher.Kubernetes;

/// <summary>What the Job controller writes at the pods of an Indexed Job.</summary>
internal static class JobLabels
{
    /// <summary>Label: the Job of a pod.</summary>
    public const string Job = "batch.kubernetes.io/job-name";

    /// <summary>Label and annotation: the worker's index.</summary>
    public const string Index = "batch.kubernetes.io/job-completion-index";

    /// <summary>Annotation: the pods of this index that failed before.</summary>
    public const string Failures = "batch.kubernetes.io/job-index-failure-count";

    /// <summary>Annotation: those whose failure a policy ignores. It is missing while there are none.</summary>
    public const string IgnoredFailures = "batch.kubernetes.io/job-index-ignored-failure-count";
}
