namespace Hpo.ParallelLauncher.Kubernetes;

/// <summary>What the Job of a run is to be.</summary>
internal sealed record JobSpec
{
    /// <summary>The Job's name, and its Secret's: see <see cref="JobName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The run.</summary>
    public required string Run { get; init; }

    public required string Image { get; init; }

    /// <summary>The agent's plan, which holds the storage's password.</summary>
    public required string Plan { get; init; }

    public required int Workers { get; init; }

    /// <summary>How many of them run at a time.</summary>
    public required int Parallelism { get; init; }

    /// <summary>How long an agent needs to stop its worker in order.</summary>
    public required TimeSpan Grace { get; init; }

    public string? Cpus { get; init; }
    public string? Memory { get; init; }
    public int Gpus { get; init; }
    public string? ServiceAccount { get; init; }
    public IReadOnlyDictionary<string, string> NodeSelector { get; init; } = new Dictionary<string, string>();

    /// <summary>As kubectl writes taints: <c>key=value:effect</c>, of which the key suffices.</summary>
    public IReadOnlyList<string> Tolerations { get; init; } = [];

    /// <summary>How long the Job is kept once it has ended.</summary>
    public required TimeSpan TimeToLive { get; init; }

    /// <summary>Patches of the manifest, in YAML or JSON.</summary>
    public IReadOnlyList<string> Patches { get; init; } = [];
}
