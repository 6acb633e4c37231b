using Hpo.Interop.Launches;

namespace Hpo.ParallelLauncher.Workers;

/// <summary>
/// macOS, and Linux without the tools of <see cref="LinuxProcessPlatform"/>: workers have no session of their own, so that a
/// Ctrl-C at the terminal reaches them twice and their children are not known. Not tested on macOS.
/// </summary>
internal sealed class PosixProcessPlatform : IProcessPlatform
{
    private WorkerGuard? _guard;

    public string Limitation =>
        OperatingSystem.IsLinux()
            ? "env (coreutils 8.31 or later), setsid and setpriv (util-linux) were not found together: what workers start may " +
              "outlive them, and a Ctrl-C may reach workers twice. Install coreutils and util-linux."
            : "Stopping workers is not tested on this system: what they start may outlive them, and a Ctrl-C may reach them twice.";

    public void Begin(SpawnThread spawner) => _guard = WorkerGuard.Start(spawner, [], groups: false);

    public ProcessLine Wrap(ProcessLine worker) => worker;

    public void Adopt(int processId) => _guard?.Add(processId);

    public void Send(StopStage stage, WorkerProcess process)
    {
        if (stage is StopStage.Interrupt) process.Interrupt();
        else if (stage is StopStage.Terminate) _ = Posix.Kill(process.Id, Posix.Terminate);
        else process.KillTree();
    }

    // Without a session of its own a worker's children cannot be found.
    public void EndLeftovers(int processId) => _guard?.Remove(processId);

    public void Dispose() => _guard?.Dispose();
}
