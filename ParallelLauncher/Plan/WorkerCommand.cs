using Hpo.Interop;
using Hpo.Interop.Launches;

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

    /// <summary>A worker that is not looked for on this machine.</summary>
    public static WorkerCommand? Elsewhere(string word, Action<PlanFault> addFault)
    {
        if (!string.IsNullOrWhiteSpace(word))
            return new WorkerCommand { Program = word, Origin = word, Name = Path.GetFileNameWithoutExtension(word) };
        addFault(new("The worker is missing: name a program or a .py of the workers' image."));
        return null;
    }

    /// <summary>An unchanged Python script under the worker contract: it keeps the budget, and owns its trials.</summary>
    public WorkerCommand UnderContract(RunPaths paths) => !IsPythonScript ? this : this with
    {
        LeadingArguments = [PythonWorkerScript.WriteTo(paths.PythonFolder), .. LeadingArguments],
    };

    public IReadOnlyList<string> ArgumentsWith(IReadOnlyList<string> workerArguments) =>
        [.. LeadingArguments, .. workerArguments];
}
