namespace Hpo.Interop.Bridge;

/// <summary>
/// The two ways to start Python: with the package pythonnet, whose <c>PyObject</c> users may then have, or with the C API
/// alone. The crossings are the same code in both.
/// </summary>
internal static class PythonEngines
{
    public const string CApi = "capi";
    public const string PythonNet = "pythonnet";

    /// <summary>The environment variable that chooses.</summary>
    public const string Variable = "HPO_PYTHON_ENGINE";

    // Of pythonnet 3.2. It finds out only after it has changed the interpreter.
    private static readonly Version OldestForPythonNet = new(3, 11);
    private static readonly Version NewestForPythonNet = new(3, 15);

    /// <summary>The engine's name, and the reason for the choice in a few words.</summary>
    /// <param name="option">What the program asks for, or null.</param>
    /// <param name="environment">What <see cref="Variable"/> asks for, or null.</param>
    /// <param name="python">The Python to be started.</param>
    /// <exception cref="PythonStartException">There is no such engine, or it cannot start this Python.</exception>
    public static (string Name, string Reason) Choose(string? option, string? environment, PythonInstallation python)
    {
        if (!string.IsNullOrEmpty(option)) return (Validate(option, "the option Engine", python), "chosen by the option Engine");
        if (!string.IsNullOrEmpty(environment)) return (Validate(environment, Variable, python), $"chosen by {Variable}");
        return PythonNetLacks(python) is { } reason ? (CApi, reason) : (PythonNet, "the default");
    }

    /// <summary>Why pythonnet cannot be used with this Python; null where it can.</summary>
    public static string? PythonNetLacks(PythonInstallation python)
    {
        var full = Version.Parse(python.Version);
        var version = new Version(full.Major, full.Minor);
        return version >= OldestForPythonNet && version <= NewestForPythonNet
            ? null
            : $"pythonnet supports Python {OldestForPythonNet} to {NewestForPythonNet}, and this is {python.Version}";
    }

    private static string Validate(string name, string origin, PythonInstallation python) => name switch
    {
        CApi => name,
        PythonNet => PythonNetLacks(python) is { } reason
            ? throw new PythonStartException(
                $"{origin} asks for the engine '{PythonNet}', but {reason}, at {python.Executable}. Choose '{CApi}', or " +
                $"name another Python with {PythonLocator.Variable}.")
            : name,
        _ => throw new PythonStartException(
            $"{origin} names the engine '{name}', which does not exist. The engines: {PythonNet}, {CApi}."),
    };
}
