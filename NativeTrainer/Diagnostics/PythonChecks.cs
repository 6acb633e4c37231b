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
            ];
        }
        catch (PythonStartException exception)
        {
            return [new Check("python", false, exception.Message, WorkerExitCode.Environment)];
        }
    }

    private static string Name(OptunaRuntime runtime) =>
        OptunaRuntime.PythonNetVersion is { } version ? $"{runtime.EngineName} {version}" : runtime.EngineName;
}
