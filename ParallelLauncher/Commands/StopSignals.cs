using System.Runtime.InteropServices;
using Hpo.Interop;
using Hpo.ParallelLauncher.Results;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>Turns the signals that ask the launcher to end into a stop of its workers.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    /// <param name="stop">Is asked to stop.</param>
    /// <param name="hangsUp">Whether the workers end with the terminal; a cluster's go on without a launcher.</param>
    public StopSignals(StopController stop, bool hangsUp = true)
    {
        _registrations =
        [
            Register(PosixSignal.SIGINT, "interrupted (SIGINT)", WorkerExitCode.Interrupted),
            Register(PosixSignal.SIGTERM, "terminated (SIGTERM)", WorkerExitCode.Terminated),
            hangsUp
                ? Register(PosixSignal.SIGHUP, "the terminal is gone (SIGHUP)", ExitCodes.HungUp)
                : PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => Environment.Exit(ExitCodes.HungUp)),
        ];

        PosixSignalRegistration Register(PosixSignal signal, string description, int exitCode) =>
            PosixSignalRegistration.Create(signal, context =>
            {
                context.Cancel = true;
                stop.RequestOrHasten(new StopReason(StopCause.Signal, description, exitCode));
            });
    }

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
    }
}
