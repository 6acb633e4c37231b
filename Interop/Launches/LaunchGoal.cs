namespace Hpo.Interop.Launches;

/// <summary>What a launch is to do, and where: the part of its plan that others than the launcher read.</summary>
internal record LaunchGoal
{
    /// <summary>The backend of workers on the launcher's own machine.</summary>
    public const string LocalBackend = "local";

    /// <summary>The number of workers.</summary>
    public int Workers { get; init; } = 2;

    /// <summary>The study's name.</summary>
    public string? Study { get; init; }

    /// <summary>The storage's URL; masked in files.</summary>
    public string? Storage { get; init; }

    /// <summary>How many finished trials the study shall have, or null.</summary>
    public int? TotalTrials { get; init; }

    /// <summary>The states of trials that count as finished.</summary>
    public string Count { get; init; } = "complete,pruned";

    /// <summary>Where the workers run: "local", or the name of a cluster's engine.</summary>
    public string Backend { get; init; } = LocalBackend;
}
