using Hpo.ParallelLauncher.Studies;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Progress;

/// <summary>Passes on to several observers.</summary>
internal sealed class Observers(params IReadOnlyList<ILaunchObserver> observers) : ILaunchObserver
{
    public void OnLine(int index, string line, bool isError)
    {
        foreach (ILaunchObserver observer in observers) observer.OnLine(index, line, isError);
    }

    public void OnStatus(WorkerStatus status)
    {
        foreach (ILaunchObserver observer in observers) observer.OnStatus(status);
    }

    public void OnNote(string message)
    {
        foreach (ILaunchObserver observer in observers) observer.OnNote(message);
    }

    public void OnProgress(RunProgress progress)
    {
        foreach (ILaunchObserver observer in observers) observer.OnProgress(progress);
    }

    public void OnLost(LostTrial trial)
    {
        foreach (ILaunchObserver observer in observers) observer.OnLost(trial);
    }

    public void OnStop(StopStage stage, StopReason reason)
    {
        foreach (ILaunchObserver observer in observers) observer.OnStop(stage, reason);
    }
}
