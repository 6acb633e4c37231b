using System.Collections.Concurrent;
using Hpo.Interop.Launches;
using Hpo.Interop.Tables;

namespace Hpo.ParallelLauncher.Progress;

/// <summary>The starts of this run's workers that this process has made, and which of them have ended: it has waited for these.</summary>
/// <param name="run">This run.</param>
internal sealed class OwnStarts(string run)
{
    private readonly ConcurrentDictionary<(int Worker, int Start), bool> _hasEnded = new();

    /// <summary>Before the process is started.</summary>
    public void Begin(int worker, int start) => _hasEnded[(worker, start)] = false;

    /// <summary>After the process, and what it started, has ended.</summary>
    public void End(int worker, int start) => _hasEnded[(worker, start)] = true;

    /// <summary>Whether a trial's owner is dead for certain: a start of ours that has ended, or another's process that was on this machine
    /// and is not there any more. What an engine says of its tasks proves no death: a host that is cut off goes on working.</summary>
    public bool IsDead(TrialOwner owner) =>
        owner.Run == run && _hasEnded.TryGetValue((owner.Worker, owner.Start), out bool hasEnded)
            ? hasEnded
            : ProcessIdentity.Of(owner).IsAlive() is false;
}
