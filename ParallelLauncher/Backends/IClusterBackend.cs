using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Backends;

/// <summary>
/// An engine that runs workers on other machines. A class in a folder of its own is found by its being here: nothing lists them.
/// The engine knows a run by its name, so that a submission whose answer was lost can be found, and so can a run from another host.
/// </summary>
internal interface IClusterBackend
{
    /// <summary>What <c>--backend</c> calls it.</summary>
    string Name { get; }

    /// <summary>The options of a launch that it understands.</summary>
    IReadOnlyList<BackendOption> Options { get; }

    /// <summary>Whether its hosts share the run's folder, and the worker's own, with this one. Else the worker is looked for on the host,
    /// the agents get their plan with the job, and what they write is asked for.</summary>
    bool SharesFolders => true;

    /// <summary>The command by which a task asks to be started anew after the engine has ended it, or none where the engine sees to that
    /// itself. A variable's name in braces stands for its value on the task's host.</summary>
    IReadOnlyList<string> Requeue => [];

    /// <summary>What the engine calls the job of a run, whatever else it gives it: a name, by which a person may ask for it.</summary>
    string JobOf(string run);

    /// <summary>The file of the run's folder that takes what a task itself writes, or null where the engine keeps that.</summary>
    string? TaskLog(int index) => null;

    /// <summary>The engine and its version as a person knows them, or null where it is not here.</summary>
    Task<string?> DescribeAsync(CancellationToken cancellationToken);

    /// <summary>Lets the engine check a job before anything is made.</summary>
    /// <exception cref="Plan.LaunchException">It refuses the job: its own words, and the remedy.</exception>
    Task CheckAsync(ClusterJob job, CancellationToken cancellationToken);

    /// <summary>Submits a job, unless the engine has it already.</summary>
    /// <returns>How the engine calls it, for a person.</returns>
    /// <exception cref="Plan.LaunchException">It refuses the job.</exception>
    /// <exception cref="EngineAwayException">The engine does not answer.</exception>
    Task<string> SubmitAsync(ClusterJob job, CancellationToken cancellationToken);

    /// <summary>The tasks that the engine knows of a run; fewer than there are workers, or none, where it has forgotten them.</summary>
    /// <exception cref="EngineAwayException">The engine does not answer.</exception>
    Task<IReadOnlyList<ClusterTask>> LookAsync(ClusterRun run, CancellationToken cancellationToken);

    /// <summary>The run of a job by the job's name or number, where there is one here; its folder as far as the engine knows it, and else
    /// an empty name.</summary>
    /// <exception cref="EngineAwayException">The engine does not answer.</exception>
    Task<ClusterRun?> FindAsync(string job, CancellationToken cancellationToken);

    /// <summary>Passes a stage of stopping on to a run's tasks: at <see cref="StopStage.None"/> those that wait for a place end, at <see cref="StopStage.Interrupt"/> they do too, and the agents of
    /// the others stop their workers in order; at <see cref="StopStage.Kill"/> all ends.</summary>
    /// <exception cref="EngineAwayException">The engine does not answer.</exception>
    Task StopAsync(ClusterRun run, StopStage stage, CancellationToken cancellationToken);
}

/// <summary>The engine does not answer now: nothing is known, and a later attempt may succeed.</summary>
internal sealed class EngineAwayException(string message) : Exception(message);
