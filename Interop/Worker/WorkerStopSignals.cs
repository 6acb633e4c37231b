using System.Runtime.InteropServices;

namespace Hpo.Interop;

/// <summary>
/// The worker contract's way to end: the first SIGINT or SIGTERM cancels <see cref="Token"/>, so that a study records its
/// running trial and ends in order; a second one ends the process at once.
/// </summary>
public sealed class WorkerStopSignals : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration _interrupt;
    private readonly PosixSignalRegistration _terminate;
    private int _exitCode = WorkerExitCode.Interrupted;

    /// <summary>Begins to listen.</summary>
    public WorkerStopSignals()
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
    }

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>The exit code of the signal that came: <see cref="WorkerExitCode.Interrupted"/> or
    /// <see cref="WorkerExitCode.Terminated"/>.</summary>
    public int ExitCode => Volatile.Read(ref _exitCode);

    /// <summary>Runs a worker's work, and turns its cancellation into the exit code.</summary>
    /// <param name="work">The work; the token is cancelled by the first signal.</param>
    /// <returns><see cref="WorkerExitCode.Success"/>, or the code of the signal that ended the work.</returns>
    public static int Run(Action<CancellationToken> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        using var stop = new WorkerStopSignals();
        try
        {
            work(stop.Token);
            return WorkerExitCode.Success;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return stop.ExitCode;
        }
    }

    /// <summary>Ends listening; the signals have their usual effect again.</summary>
    public void Dispose()
    {
        _interrupt.Dispose();
        _terminate.Dispose();
        _source.Dispose();
    }

    private void Stop(PosixSignalContext context)
    {
        if (_source.IsCancellationRequested) return;
        context.Cancel = true;
        Volatile.Write(
            ref _exitCode,
            context.Signal == PosixSignal.SIGTERM ? WorkerExitCode.Terminated : WorkerExitCode.Interrupted);
        // Here and not on the thread pool, which the worker's own computation may keep busy.
        _source.Cancel();
    }
}
