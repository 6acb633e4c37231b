namespace Hpo.ParallelLauncher.Backends;

/// <summary>An option of a launch that a backend understands.</summary>
/// <param name="Name">With its dashes, for example <c>--partition</c>. Backends may share one.</param>
/// <param name="Description">What it means.</param>
/// <param name="IsRepeated">Whether it may be given several times.</param>
internal sealed record BackendOption(string Name, string Description, bool IsRepeated = false)
{
    /// <summary>Its key among the settings.</summary>
    public string Key => Name.TrimStart('-');
}

/// <summary>A run, as far as an engine has to know it.</summary>
internal record ClusterRun
{
    /// <summary>The run's name.</summary>
    public required string Id { get; init; }

    public required int Workers { get; init; }

    /// <summary>The run's folder.</summary>
    public required string Directory { get; init; }

    /// <summary>The values of the options that were given, by key.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> Settings { get; init; }

    /// <summary>The number of each worker's first start, by index; beyond, 0.</summary>
    public IReadOnlyList<int> FirstStarts { get; init; } = [];

    public int FirstStart(int index) => FirstStarts.ElementAtOrDefault(index);

    /// <summary>The value of an option, or null.</summary>
    public string? this[string key] => Settings.TryGetValue(key, out IReadOnlyList<string>? values) ? values[^1] : null;
}

/// <summary>What is submitted: one task a worker, each of which runs the agent.</summary>
internal sealed record ClusterJob : ClusterRun
{
    /// <summary>The agent's program and its arguments; the backend adds how it learns its worker's index and its attempt.</summary>
    public required IReadOnlyList<string> Agent { get; init; }

    /// <summary>The agent's plan, for engines whose hosts do not share the run's folder.</summary>
    public required string AgentPlan { get; init; }

    /// <summary>How long an agent needs to stop its worker in order.</summary>
    public required TimeSpan Grace { get; init; }
}

internal enum TaskState
{
    /// <summary>It waits for a place.</summary>
    Queued,

    Running,

    /// <summary>It has ended, by itself or by a stop.</summary>
    Ended,

    /// <summary>The engine has lost its host. The worker may go on there all the same.</summary>
    Lost,
}

/// <summary>A task of a run as its engine sees it.</summary>
internal sealed record ClusterTask
{
    /// <summary>The worker's index.</summary>
    public required int Index { get; init; }

    public required TaskState State { get; init; }

    /// <summary>The host, or null while it has none.</summary>
    public string? Host { get; init; }

    /// <summary>Why it waits or has ended, in the engine's words; or null.</summary>
    public string? Reason { get; init; }

    /// <summary>The agent's exit code, 128 + the signal's number where a signal ended it; null where it is not known.</summary>
    public int? ExitCode { get; init; }

    /// <summary>How often the engine has started it anew, from 0.</summary>
    public int Attempt { get; init; }
}
