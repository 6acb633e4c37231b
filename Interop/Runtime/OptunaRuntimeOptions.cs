using Microsoft.Extensions.Logging;

namespace Hpo.Interop;

/// <summary>How the Python of this process is found and started. It can be given once a process.</summary>
public sealed record OptunaRuntimeOptions
{
    /// <summary>The Python executable to embed; null (the default) searches as <see cref="PythonLocator"/> says.</summary>
    public string? PythonExecutable { get; init; }

    /// <summary>
    /// What starts Python: <c>pythonnet</c> or, without it, <c>capi</c>; null (the default) leaves it to the environment
    /// variable <c>HPO_PYTHON_ENGINE</c>, else to pythonnet where it supports the Python (3.11 to 3.15).
    /// </summary>
    public string? Engine { get; init; }

    /// <summary>
    /// Where Optuna's log lines and Python's warnings go, under the names of Optuna's own loggers; null (the default)
    /// leaves them on standard error, as Optuna writes them.
    /// </summary>
    public ILoggerFactory? LoggerFactory { get; init; }
}
