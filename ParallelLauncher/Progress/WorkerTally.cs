using Hpo.Interop;
using Hpo.ParallelLauncher.Studies;

namespace Hpo.ParallelLauncher.Progress;

/// <summary>What one worker has done in this run, by the trials that it owns.</summary>
internal sealed record WorkerTally
{
    public int Complete { get; init; }
    public int Pruned { get; init; }
    public int Failed { get; init; }

    /// <summary>The value of its last complete trial, or null.</summary>
    public double? LastValue { get; init; }

    /// <summary>The number of the trial that it runs, or null.</summary>
    public long? Trial { get; init; }

    /// <summary>The trials that ended complete or pruned.</summary>
    public int Finished => Complete + Pruned;

    public WorkerTally With(WorkerTrial trial) => trial.State switch
    {
        TrialState.Running => this with { Trial = trial.Number },
        TrialState.Complete => this with { Complete = Complete + 1, LastValue = trial.Value, Trial = Without(trial) },
        TrialState.Pruned => this with { Pruned = Pruned + 1, Trial = Without(trial) },
        _ => this with { Failed = Failed + 1, Trial = Without(trial) },
    };

    private long? Without(WorkerTrial ended) => Trial == ended.Number ? null : Trial;
}
