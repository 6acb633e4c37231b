namespace Hpo.ParallelLauncher.Workers;

/// <summary>How hard the workers are asked to stop; each stage follows the one before.</summary>
internal enum StopStage
{
    None,

    /// <summary>SIGINT to the worker alone: an Optuna worker ends its trial as FAIL.</summary>
    Interrupt,

    /// <summary>SIGTERM to the worker and what it started.</summary>
    Terminate,

    /// <summary>SIGKILL to the worker and what it started.</summary>
    Kill,
}
