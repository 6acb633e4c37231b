namespace Hpo.Interop.Reporting.CommandLine;

/// <summary>The results cannot be written to standard output.</summary>
/// <param name="cause">What the system answered.</param>
internal sealed class StandardOutputException(Exception cause)
    : Exception($"the results cannot be written to standard output: {(cause.InnerException ?? cause).Message}", cause), IUserError
{
    int IUserError.ExitCode => WorkerExitCode.Failure;
}
