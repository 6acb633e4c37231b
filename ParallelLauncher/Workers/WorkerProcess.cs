using System.Diagnostics;
using CliWrap;

namespace Hpo.ParallelLauncher.Workers;

/// <summary>One running process of a worker.</summary>
internal sealed class WorkerProcess : IDisposable
{
    // What a process wrote before its end is in the pipe; only a runaway grandchild holds it open any longer.
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    private readonly IProcessPlatform _platform;
    private readonly CommandTask<CommandResult> _command;
    private readonly Process? _process;
    private readonly CancellationTokenSource _graceful;
    private readonly CancellationTokenSource _forceful;

    private WorkerProcess(
        IProcessPlatform platform, CommandTask<CommandResult> command, CancellationTokenSource graceful, CancellationTokenSource forceful)
    {
        _platform = platform;
        _command = command;
        _graceful = graceful;
        _forceful = forceful;
        platform.Adopt(command.ProcessId);
        _process = Observe(command.ProcessId);
    }

    public int Id => _command.ProcessId;

    /// <summary>Starts a process on the spawning thread.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program cannot be started.</exception>
    public static Task<WorkerProcess> StartAsync(
        SpawnThread spawner,
        IProcessPlatform platform,
        ProcessLine line,
        IReadOnlyDictionary<string, string> variables,
        Action<string> onOutput,
        Action<string> onError)
    {
        ProcessLine wrapped = platform.Wrap(line);
        Command command = Cli.Wrap(wrapped.Program)
            .WithArguments(wrapped.Arguments)
            .WithEnvironmentVariables(variables!)
            .WithStandardOutputPipe(PipeTarget.ToDelegate(onOutput))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(onError))
            .WithValidation(CommandResultValidation.None);
        return spawner.RunAsync(() =>
        {
            var graceful = new CancellationTokenSource();
            var forceful = new CancellationTokenSource();
            return new WorkerProcess(platform, command.ExecuteAsync(forceful.Token, graceful.Token), graceful, forceful);
        });
    }

    /// <summary>Waits for the exit, ends what the process left behind, and gives its exit code (128 + signal).</summary>
    public async Task<int> WaitAsync()
    {
        // The command's own task waits for the end of the pipes too, which a grandchild may hold open for ever.
        if (_process is not null) await _process.WaitForExitAsync();
        _platform.EndLeftovers(Id);
        try
        {
            return (await _command.Task.WaitAsync(_process is null ? Timeout.InfiniteTimeSpan : DrainTime)).ExitCode;
        }
        catch (TimeoutException)
        {
            await _forceful.CancelAsync();
            return _process!.ExitCode;
        }
    }

    public void Send(StopStage stage)
    {
        try
        {
            // A process id that is free again may be another program's.
            if (_process is { HasExited: false }) _platform.Send(stage, this);
        }
        catch (InvalidOperationException)
        {
            // It has been waited for, and released, meanwhile.
        }
    }

    /// <summary>Sends the console's interrupt.</summary>
    public void Interrupt() => _graceful.Cancel();

    /// <summary>Kills the process and its children.</summary>
    public void KillTree()
    {
        try
        {
            _process?.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has exited meanwhile.
        }
    }

    /// <summary>Lets the process go; one that nobody has waited for is killed, since nobody would any more.</summary>
    public void Dispose()
    {
        if (_process is { HasExited: false })
        {
            _platform.Send(StopStage.Kill, this);
            _platform.EndLeftovers(Id);
        }

        _process?.Dispose();
        _graceful.Dispose();
        _forceful.Dispose();
    }

    private static Process? Observe(int processId)
    {
        try
        {
            return Process.GetProcessById(processId);
        }
        catch (ArgumentException)
        {
            // It has exited already; the command's task knows its exit code.
            return null;
        }
    }
}
