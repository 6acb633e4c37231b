namespace Hpo.ParallelLauncher.Kubernetes;

/// <summary>Which server, which login and which namespace; what is null is the kubeconfig's.</summary>
internal sealed record ClusterAddress
{
    public string? Kubeconfig { get; init; }
    public string? Context { get; init; }
    public string? Namespace { get; init; }

    /// <summary>Whether this process runs in a pod, which has a login of its own.</summary>
    public static bool IsInCluster => Environment.GetEnvironmentVariable("KUBERNETES_SERVICE_HOST") is { Length: > 0 };

    /// <summary>The kubeconfig files that count, in kubectl's order.</summary>
    public IReadOnlyList<string> Files =>
        Kubeconfig is not null ? [Kubeconfig]
        : Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } list
            ? [.. list.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Where(File.Exists)]
        : HomeFile is var file && File.Exists(file) ? [file] : [];

    private static string HomeFile => Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify), ".kube", "config");
}
