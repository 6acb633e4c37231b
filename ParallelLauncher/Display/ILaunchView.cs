using Hpo.ParallelLauncher.Progress;

namespace Hpo.ParallelLauncher.Display;

/// <summary>Shows a run to a person while it goes on.</summary>
internal interface ILaunchView : ILaunchObserver, IAsyncDisposable;
