using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Progress;

/// <summary>Notifies several observers. An exception of one of them reaches neither the others nor the caller.</summary>
internal sealed class Observers(RunFaults faults, params IReadOnlyList<ILaunchObserver> observers) : ILaunchObserver
{
    public void OnLine(int index, string line, bool isError) => Tell(observer => observer.OnLine(index, line, isError));

    public void OnStatus(WorkerStatus status) => Tell(observer => observer.OnStatus(status));

    public void OnNote(string message) => Tell(observer => observer.OnNote(message));

    public void OnProgress(RunProgress progress) => Tell(observer => observer.OnProgress(progress));

    public void OnLost(LostTrial trial) => Tell(observer => observer.OnLost(trial));

    public void OnStop(StopStage stage, StopReason reason) => Tell(observer => observer.OnStop(stage, reason));

    private void Tell(Action<ILaunchObserver> tell)
    {
        foreach (ILaunchObserver observer in observers) faults.Guard(observer.GetType().Name, () => tell(observer));
    }
}
