using Hpo.ParallelLauncher.Studies;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Display;

/// <summary>Shows a run to a person while it goes on.</summary>
internal interface ILaunchView : IWorkerObserver, IAsyncDisposable
{
    /// <summary>The study's progress was read.</summary>
    void OnSnapshot(StudySnapshot snapshot);
}
