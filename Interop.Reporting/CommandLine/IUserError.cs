namespace Hpo.Interop.Reporting.CommandLine;

/// <summary>An exception that a user can do something about: a command ends with its message, and without a stack trace.</summary>
internal interface IUserError
{
    /// <summary>One of <see cref="WorkerExitCode"/>.</summary>
    int ExitCode { get; }
}
