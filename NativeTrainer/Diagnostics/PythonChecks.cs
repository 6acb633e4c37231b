using Hpo.Interop;

namespace Hpo.NativeTrainer.Diagnostics;

/// <summary>The engine, Python and Optuna, by starting them.</summary>
internal static class PythonChecks
{
    public static IReadOnlyList<Check> Run()
    {
        try
        {
            OptunaRuntime runtime = OptunaRuntime.Current;
            PythonInstallation python = runtime.Python;
            return
            [
                new Check("engine", true, $"{Name(runtime)} ({runtime.EngineReason})"),
                new Check("python", true, $"{python.Version} at {python.Executable} (from {python.Origin}), {python.Library}"),
                new Check("optuna", true, python.OptunaVersion),
                new Check("sampling", true, Sampling(NativeSampling.Classes())),
            ];
        }
        catch (PythonStartException exception)
        {
            return [new Check("python", false, exception.Message, WorkerExitCode.Environment)];
        }
    }

    private static string Sampling(IReadOnlyDictionary<string, bool> classes)
    {
        string Names(bool isNative) => string.Join(", ", classes.Where(pair => pair.Value == isNative).Select(pair => pair.Key));
        string native = Names(isNative: true), optunas = Names(isNative: false);
        if (native.Length == 0) return "Optuna's own (HPO_NATIVE_SAMPLING is off, or this Optuna is not known)";
        return $"native {native}" + (optunas.Length == 0 ? "" : $"; Optuna's own {optunas}, of which this version is not known");
    }

    private static string Name(OptunaRuntime runtime) =>
        OptunaRuntime.PythonNetVersion is { } version ? $"{runtime.EngineName} {version}" : runtime.EngineName;
}
