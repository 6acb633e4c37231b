using System.Collections.Concurrent;
using Hpo.Interop.Launches;

namespace Hpo.Interop.Reporting.Dashboard.Launches;

/// <summary>Stops launches, each of them once: a second signal would tell the launcher to hurry. Safe on several threads.</summary>
internal sealed class StoppedRuns
{
    // By launcher, too: a run may get another one.
    private readonly ConcurrentDictionary<(string Run, ProcessIdentity Launcher), bool> _stopped = [];

    /// <summary>Whether a run was asked to stop.</summary>
    public bool Has(FoundRun run) => run.Run.Launcher is { } launcher && _stopped.ContainsKey((run.Paths.Id, launcher));

    /// <summary>Asks a run's launcher to stop it in order.</summary>
    /// <returns>Why it was not asked; null where it was.</returns>
    public string? Stop(FoundRun found)
    {
        // As it is now, and not as it was listed.
        LaunchedRun run = LaunchedRun.TryRead(found.Paths) ?? found.Run;
        if (run.Launcher is not { } launcher || run.IsLed is false) return $"The run {found.Paths.Id} has no launcher that runs.";
        if (run.IsLed is null) return $"The run {found.Paths.Id} is led by process {launcher.Pid} of {launcher.Host}: stop it there.";
        if (run.IsStopping || !_stopped.TryAdd((found.Paths.Id, launcher), true))
            return $"The run {found.Paths.Id} is stopping already.";
        if (launcher.IsAlive() is true && Posix.Kill(launcher.Pid, Posix.Terminate) == 0) return null;
        _stopped.TryRemove((found.Paths.Id, launcher), out _);
        return launcher.IsAlive() is true
            ? $"The launcher of the run {found.Paths.Id}, process {launcher.Pid}, is another user's: stop it as that user."
            : $"The run {found.Paths.Id} has ended.";
    }
}
