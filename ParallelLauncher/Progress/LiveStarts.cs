using System.Collections.Concurrent;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Progress;

/// <summary>The starts of workers of this run whose processes may be alive: those that have not been waited for yet.</summary>
/// <param name="run">This run.</param>
internal sealed class LiveStarts(string run)
{
    private readonly ConcurrentDictionary<(int Worker, int Start), bool> _live = new();

    /// <summary>Before the process is started.</summary>
    public void Add(int worker, int start) => _live[(worker, start)] = true;

    /// <summary>After the process, and what it started, has ended.</summary>
    public void Remove(int worker, int start) => _live.TryRemove((worker, start), out _);

    /// <summary>Whether a trial's owner is dead for certain: a worker of this run that has ended, or one of another run whose
    /// process was on this machine and is not there any more.</summary>
    public bool IsDead(TrialOwner owner) =>
        owner.Run == run ? !_live.ContainsKey((owner.Worker, owner.Start)) : ProcessIdentity.Of(owner).IsAlive() is false;
}
