namespace Hpo.Interop.Engine;

/// <summary>Which engines this build has, and which one is to be used.</summary>
internal static class PythonEngines
{
    public const string CApi = "capi";
    public const string PythonNet = "pythonnet";

    /// <summary>The environment variable that chooses.</summary>
    public const string Variable = "HPO_PYTHON_ENGINE";

#if PYTHONNET
    public static readonly IReadOnlyList<string> Built = [PythonNet, CApi];
#else
    public static readonly IReadOnlyList<string> Built = [CApi];
#endif

    /// <summary>The engine's name, and the reason for the choice in a few words.</summary>
    /// <exception cref="PythonStartException">The choice names no engine of this build.</exception>
    public static (string Name, string Reason) Choose(string? option, string? environment)
    {
        if (!string.IsNullOrEmpty(option)) return (Validate(option, "the option Engine"), "chosen by the option Engine");
        if (!string.IsNullOrEmpty(environment)) return (Validate(environment, Variable), $"chosen by {Variable}");
        return Built.Contains(PythonNet)
            ? (PythonNet, "the default where the package pythonnet was restored")
            : (CApi, "the default where the package pythonnet was not restored");
    }

    /// <exception cref="PythonStartException">Python cannot be started in this process.</exception>
    public static IPythonEngine Start(string name, PythonInstallation installation) => name switch
    {
#if PYTHONNET
        PythonNet => PythonNetEngine.Start(installation),
#endif
        _ => Engine.CApi.CApiEngine.Start(installation),
    };

    private static string Validate(string name, string origin)
    {
        if (Built.Contains(name)) return name;
        throw new PythonStartException(
            name == PythonNet
                ? $"{origin} asks for the engine '{PythonNet}', which this build does not have: the package pythonnet " +
                  "could not be restored when it was built. Unset it, or build with -p:PythonNet=true."
                : $"{origin} names the engine '{name}', which does not exist. Engines of this build: {string.Join(", ", Built)}.");
    }
}
