using System.Runtime.InteropServices;
using Hpo.Interop;
using Hpo.ParallelLauncher.Results;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>Turns the signals that ask the launcher to end into a stop of its workers.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignals(StopController stop)
    {
        _registrations =
        [
            Register(PosixSignal.SIGINT, "interrupted (SIGINT)", WorkerExitCode.Interrupted),
            Register(PosixSignal.SIGTERM, "terminated (SIGTERM)", WorkerExitCode.Terminated),
            Register(PosixSignal.SIGHUP, "the terminal is gone (SIGHUP)", ExitCodes.HungUp),
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
