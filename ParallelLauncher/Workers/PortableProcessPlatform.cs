namespace Hpo.ParallelLauncher.Workers;

/// <summary>
/// macOS, Windows, and Linux without the tools of <see cref="LinuxProcessPlatform"/>: stops by what .NET offers everywhere.
/// </summary>
internal sealed class PortableProcessPlatform : IProcessPlatform
{
    public string Limitation =>
        OperatingSystem.IsLinux()
            ? "env (coreutils 8.31 or later), setsid and setpriv (util-linux) were not found together: workers may outlive a " +
              "launcher that is killed with SIGKILL, and a Ctrl-C may reach them twice. Install coreutils and util-linux."
            : "On this system workers may outlive a launcher that is killed, and stopping them is not tested.";

    public ProcessLine Wrap(ProcessLine worker) => worker;

    public void Send(StopStage stage, IStoppableProcess process)
    {
        if (stage is StopStage.Interrupt) process.Interrupt();
        else if (stage is StopStage.Terminate && !OperatingSystem.IsWindows()) _ = Posix.Kill(process.Id, Posix.Terminate);
        else process.KillTree();
    }

    public void EndLeftovers(int processId)
    {
        // Without a session of its own nothing tells a worker's children from others.
    }
}

internal static class ProcessPlatform
{
    public static IProcessPlatform Detect() =>
        LinuxProcessPlatform.TryCreate() ?? (IProcessPlatform)new PortableProcessPlatform();
}
