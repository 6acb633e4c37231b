namespace Hpo.ParallelLauncher.Plan;

/// <summary>The launch cannot go on. The message is written for a person: what, where, and the remedy.</summary>
internal sealed class LaunchException(string message, int exitCode) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
