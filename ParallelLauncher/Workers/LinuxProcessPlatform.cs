using System.ComponentModel;
using System.Diagnostics;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Workers;

/// <summary>
/// Linux: each worker is started through <c>env</c>, <c>setsid</c> and <c>setpriv</c>, each of which replaces itself by the
/// next, so that the process id stays and no shell is in between.
/// </summary>
/// <remarks>
/// env gives back all signals at their defaults and unblocked: a launcher started with &amp; in a script has SIGINT ignored,
/// and .NET ignores SIGPIPE, which ends the writers of a shell's pipes. setsid keeps a Ctrl-C at
/// the terminal from reaching the worker a second time; setpriv lets the kernel end it when the launcher is killed, and a
/// guard ends what that leaves: children of the worker, and one that ignores SIGTERM.
/// </remarks>
internal sealed class LinuxProcessPlatform : IProcessPlatform
{
    private const int SetsidPosition = 2;

    private readonly string[] _wrapper;

    private WorkerGuard? _guard;

    private LinuxProcessPlatform(string[] wrapper) => _wrapper = wrapper;

    public string? Limitation => null;

    /// <summary>The platform, or null where its tools are missing or too old.</summary>
    public static LinuxProcessPlatform? TryCreate()
    {
        if (!OperatingSystem.IsLinux()) return null;
        string?[] tools = [Find("env"), Find("setsid"), Find("setpriv"), Find("true")];
        if (tools.Contains(null)) return null;
        string[] wrapper = [tools[0]!, "--default-signal", tools[1]!, tools[2]!, "--pdeathsig", "TERM", "--"];
        return Works([.. wrapper, tools[3]!]) ? new LinuxProcessPlatform(wrapper) : null;

        static string? Find(string name) => SearchPath.FindAll(name).FirstOrDefault();
    }

    public void Begin(SpawnThread spawner) => _guard = WorkerGuard.Start(spawner, [_wrapper[SetsidPosition]], groups: true);

    public ProcessLine Wrap(ProcessLine worker)
    {
        string[] pin = worker.Cpus is { } cpus ? [SearchPath.FindAll("taskset").First(), "--cpu-list", cpus] : [];
        return new(_wrapper[0], [.. _wrapper.Skip(1), .. pin, worker.Program, .. worker.Arguments]);
    }

    public void Send(StopStage stage, WorkerProcess process)
    {
        if (stage is StopStage.Interrupt) _ = Posix.Kill(process.Id, Posix.Interrupt);
        else SendToGroup(process.Id, stage is StopStage.Terminate ? Posix.Terminate : Posix.KillNow);
    }

    public void Adopt(int processId) => _guard?.Add(processId);

    public void EndLeftovers(int processId)
    {
        _ = Posix.Kill(-processId, Posix.KillNow);
        _guard?.Remove(processId);
    }

    public void Dispose() => _guard?.Dispose();

    // Before setsid has run the worker leads no group yet.
    private static void SendToGroup(int processId, int signal)
    {
        if (Posix.Kill(-processId, signal) != 0) _ = Posix.Kill(processId, signal);
    }

    private static bool Works(string[] line)
    {
        try
        {
            using var probe = Process.Start(new ProcessStartInfo(line[0], line.Skip(1)) { RedirectStandardError = true })!;
            probe.WaitForExit();
            return probe.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
