namespace Hpo.Interop;

/// <summary>The exit codes of the worker contract, which the project's own programs use too.</summary>
public static class WorkerExitCode
{
    /// <summary>Everything that was asked for is done.</summary>
    public const int Success = 0;

    /// <summary>An objective, a worker or a command failed.</summary>
    public const int Failure = 1;

    /// <summary>A wrong command line or setting; a restart cannot fix it.</summary>
    public const int Usage = 2;

    /// <summary>The storage cannot be reached, refuses the login, or lacks the study.</summary>
    public const int Storage = 3;

    /// <summary>The environment lacks something: Python, Optuna, a native library, a scheduler.</summary>
    public const int Environment = 4;

    /// <summary>A time limit was reached.</summary>
    public const int Timeout = 124;

    /// <summary>Stopped by SIGINT (Ctrl-C).</summary>
    public const int Interrupted = 130;

    /// <summary>Stopped by SIGTERM.</summary>
    public const int Terminated = 143;
}
