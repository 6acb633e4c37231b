using System.Globalization;
using Hpo.Interop;
using Hpo.ParallelLauncher.Kubernetes;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Backends.Kubernetes;

/// <summary>The options of a launch on Kubernetes, and what they ask for.</summary>
internal static class KubernetesOptions
{
    private static readonly TimeSpan DefaultTimeToLive = TimeSpan.FromDays(1);

    public static IReadOnlyList<BackendOption> All { get; } =
    [
        new("--namespace", "Kubernetes: where the Job is made. Default: the context's namespace."),
        new("--image", "Kubernetes: the container image of the workers, which has ParallelLauncher and the worker in it."),
        new("--kubeconfig", "Kubernetes: the file with server and login. Default: KUBECONFIG, else ~/.kube/config."),
        new("--context", "Kubernetes: the context of the kubeconfig. Default: its current one."),
        new("--cpus", "Cores for each worker, for example 2."),
        new("--memory", "Memory for each worker: 4Gi on Kubernetes, 4G on Slurm."),
        new("--gpus-per-worker", "GPUs for each worker."),
        new("--max-running", "How many workers run at a time. Default: all."),
        new("--service-account", "Kubernetes: the pods' service account."),
        new("--node-selector", "Kubernetes: a label that nodes must have, KEY=VALUE.", IsRepeated: true),
        new("--toleration", "Kubernetes: a taint that the pods tolerate, KEY[=VALUE][:EFFECT].", IsRepeated: true),
        new("--ttl", "Kubernetes: seconds for which the Job, its logs and its Secret are kept after its end. Default: 86400."),
        new("--backend-arg", "Kubernetes: YAML or JSON that is laid over the Job's manifest.", IsRepeated: true),
    ];

    public static ClusterAddress Address(ClusterRun run) => new()
    {
        Kubeconfig = run["kubeconfig"],
        Context = run["context"],
        Namespace = run["namespace"],
    };

    /// <exception cref="LaunchException">An option is missing or wrong.</exception>
    public static JobSpec Spec(ClusterJob job) => new()
    {
        Name = JobName.Of(job.Id),
        Run = job.Id,
        Image = job["image"] ?? throw Refusal("--backend kubernetes needs --image: the container image that has ParallelLauncher and the worker in it."),
        Plan = job.AgentPlan,
        Workers = job.Workers,
        Parallelism = Math.Min(job.Workers, Count(job, "max-running", atLeast: 1) ?? job.Workers),
        Grace = job.Grace,
        Cpus = job["cpus"],
        Memory = job["memory"],
        Gpus = Count(job, "gpus-per-worker", atLeast: 0) ?? 0,
        ServiceAccount = job["service-account"],
        NodeSelector = Values(job, "node-selector").Select(Pair).ToDictionary(),
        Tolerations = Values(job, "toleration"),
        TimeToLive = Count(job, "ttl", atLeast: 0) is { } seconds ? TimeSpan.FromSeconds(seconds) : DefaultTimeToLive,
        Patches = Values(job, "backend-arg"),
    };

    private static IReadOnlyList<string> Values(ClusterRun run, string key) => run.Settings.GetValueOrDefault(key) ?? [];

    private static int? Count(ClusterRun run, string key, int atLeast) =>
        run[key] is not { } text ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count >= atLeast ? count
        : throw Refusal(FormattableString.Invariant($"--{key} {text}: a whole number from {atLeast}."));

    private static KeyValuePair<string, string> Pair(string text) => text.Split('=', 2) is [{ Length: > 0 } key, var value]
        ? KeyValuePair.Create(key, value)
        : throw Refusal($"--node-selector {text}: KEY=VALUE, for example kubernetes.io/arch=amd64.");

    private static LaunchException Refusal(string message) => new(message, WorkerExitCode.Usage);
}
