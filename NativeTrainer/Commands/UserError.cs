using Hpo.Interop;

namespace Hpo.NativeTrainer.Commands;

/// <summary>A mistake or a lack that the user can mend: printed as one line, without a stack trace.</summary>
/// <param name="message">What is wrong, where, and the remedy.</param>
/// <param name="exitCode">One of <see cref="WorkerExitCode"/>.</param>
internal sealed class UserError(string message, int exitCode = WorkerExitCode.Usage) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
