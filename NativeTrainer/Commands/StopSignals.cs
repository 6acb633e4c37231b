using System.Runtime.InteropServices;
using Hpo.Interop;

namespace Hpo.NativeTrainer.Commands;

/// <summary>
/// Turns the first SIGINT or SIGTERM into a cancellation, so that a command can end in order; a second one ends the
/// process at once.
/// </summary>
internal sealed class StopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _exitCode = WorkerExitCode.Interrupted;

    public StopSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    public CancellationToken Token => _source.Token;

    /// <summary>The exit code that tells which signal came.</summary>
    public int ExitCode => Volatile.Read(ref _exitCode);

    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested)
            return;
        context.Cancel = true;
        Volatile.Write(
            ref _exitCode,
            context.Signal == PosixSignal.SIGTERM ? WorkerExitCode.Terminated : WorkerExitCode.Interrupted);
        // Here and not on the thread pool, which the command's own work may keep busy.
        _source.Cancel();
    }
}
