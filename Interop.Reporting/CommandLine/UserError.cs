
namespace Hpo.Interop.Reporting.CommandLine;

/// <summary>A mistake or a lack that the user can fix: printed as one line, without a stack trace.</summary>
/// <param name="message">What is wrong, where, and the remedy.</param>
/// <param name="exitCode">One of <see cref="WorkerExitCode"/>.</param>
internal sealed class UserError(string message, int exitCode = WorkerExitCode.Usage) : Exception(message), IUserError
{
    public int ExitCode { get; } = exitCode;
}
