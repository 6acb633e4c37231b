namespace Hpo.ParallelLauncher.Plan;

/// <summary>How a worker is started.</summary>
internal sealed record WorkerCommand
{
    /// <summary>The program's absolute path.</summary>
    public required string Program { get; init; }

    /// <summary>What comes before the worker's own arguments, for example the path of a script.</summary>
    public IReadOnlyList<string> LeadingArguments { get; init; } = [];

    /// <summary>Where the worker was found, for messages.</summary>
    public required string Origin { get; init; }

    /// <summary>The worker's file name without its extension: the study's name where none is given.</summary>
    public required string Name { get; init; }

    /// <summary>The project that has to be built before <see cref="Program"/> can run, or null.</summary>
    public string? Project { get; init; }

    /// <summary>Whether it is a Python script.</summary>
    public bool IsPythonScript { get; init; }

    /// <summary>Another worker that the same word may mean, or null.</summary>
    public string? Ambiguity { get; init; }

    public IReadOnlyList<string> ArgumentsWith(IReadOnlyList<string> workerArguments) =>
        [.. LeadingArguments, .. workerArguments];
}
