using Hpo.Interop;

namespace Hpo.Tests;

/// <summary>Runs pure Python with the real Optuna, as the other side of a comparison.</summary>
internal static class PythonOracle
{
    // The search for it starts interpreters that import Optuna: once is enough.
    private static readonly Lazy<PythonForks> Python = new(() => new PythonForks(PythonLocator.Find().Executable));

    /// <summary>Runs a script and gives its standard output; the arguments are in <c>sys.argv[1:]</c>.</summary>
    public static Task<string> RunAsync(string script, params string[] arguments) => Python.Value.RunAsync(script, arguments);
}
