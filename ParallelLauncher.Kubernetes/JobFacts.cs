namespace Hpo.ParallelLauncher.Kubernetes;

/// <summary>What the server knows of a run's Job.</summary>
internal sealed record JobFacts
{
    /// <summary>Null where there is no such Job, or none any more.</summary>
    public JobState? State { get; init; }

    /// <summary>Why it is in its state, in the server's words; or null.</summary>
    public string? Reason { get; init; }

    public int Parallelism { get; init; }

    /// <summary>How many indexes it has.</summary>
    public int Workers { get; init; }

    /// <summary>Whether a launcher made it.</summary>
    public bool IsOurs { get; init; }

    /// <summary>The indexes that have succeeded.</summary>
    public IReadOnlySet<int> Completed { get; init; } = new HashSet<int>();

    /// <summary>The indexes that are given up.</summary>
    public IReadOnlySet<int> Failed { get; init; } = new HashSet<int>();

    /// <summary>Its pods, in no order.</summary>
    public IReadOnlyList<PodFacts> Pods { get; init; } = [];

    /// <summary>Why its pods cannot be made, in the server's words; or null.</summary>
    public string? Refusal { get; init; }
}

internal enum JobState
{
    Active,

    /// <summary>Something else than a stop holds it: a queue, or a person.</summary>
    Suspended,

    /// <summary>Its run was stopped.</summary>
    Stopped,

    Complete,
    Failed,
}

/// <summary>What the server knows of a pod.</summary>
internal sealed record PodFacts
{
    public required string Name { get; init; }
    public required int Index { get; init; }
    public required DateTime Created { get; init; }
    public required PodPhase Phase { get; init; }

    /// <summary>Whether it is asked to end.</summary>
    public bool IsDeleting { get; init; }

    public string? Node { get; init; }

    /// <summary>The pods of its index that ended before, for whatever reason.</summary>
    public int EndedBefore { get; init; }

    /// <summary>Whether its node is out of contact, or gone.</summary>
    public bool IsNodeLost { get; init; }

    public int? ExitCode { get; init; }

    /// <summary>Why it waits or ended, in the server's words; or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The pod of an index that was made last. The counts go back to 0 when a suspended Job goes on, so that the time decides
    /// first; it has whole seconds.</summary>
    public static PodFacts? Newest(IEnumerable<PodFacts> pods) => pods.OrderBy(pod => pod.Created).ThenBy(pod => pod.EndedBefore).LastOrDefault();
}

internal enum PodPhase
{
    Pending,
    Running,
    Succeeded,
    Failed,
    Unknown,
}
