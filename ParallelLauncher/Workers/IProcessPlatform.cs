namespace Hpo.ParallelLauncher.Workers;

/// <summary>A program and its arguments, ready to be started.</summary>
/// <param name="Program">The program's absolute path.</param>
/// <param name="Arguments">Its arguments.</param>
/// <param name="Cpus">The CPUs that it may use, as taskset lists them, or null for all.</param>
internal sealed record ProcessLine(string Program, IReadOnlyList<string> Arguments, string? Cpus = null);

/// <summary>What the operating system offers for holding on to workers.</summary>
internal interface IProcessPlatform : IDisposable
{
    /// <summary>What cannot be promised here, in words, or null where all can.</summary>
    string? Limitation { get; }

    /// <summary>Before the first process: sets up what ends the workers should the launcher be killed.</summary>
    void Begin(SpawnThread spawner);

    /// <summary>Wraps a worker so that it has signals at their defaults, a session of its own, and dies with the launcher.</summary>
    ProcessLine Wrap(ProcessLine worker);

    /// <summary>Right after the start of a process: it shall not outlive the launcher.</summary>
    void Adopt(int processId);

    /// <summary>Sends a worker the signal of a stage.</summary>
    void Send(StopStage stage, WorkerProcess process);

    /// <summary>Ends what a worker that has exited left running, and forgets it.</summary>
    void EndLeftovers(int processId);
}

internal static class ProcessPlatform
{
    public static IProcessPlatform Detect() =>
        LinuxProcessPlatform.TryCreate() is { } linux ? linux
        : OperatingSystem.IsWindows() ? new WindowsProcessPlatform()
        : new PosixProcessPlatform();
}
