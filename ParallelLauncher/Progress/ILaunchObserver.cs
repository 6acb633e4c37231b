using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Progress;

/// <summary>Is notified of what happens in a run. Called from several threads.</summary>
internal interface ILaunchObserver : IWorkerObserver
{
    /// <summary>The study was polled.</summary>
    void OnProgress(RunProgress progress);

    /// <summary>A trial whose worker is dead was failed.</summary>
    void OnLost(LostTrial trial) { }

    /// <summary>The run's stop has reached a stage.</summary>
    void OnStop(StopStage stage, StopReason reason) { }
}
