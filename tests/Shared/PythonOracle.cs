using System.Diagnostics;
using Hpo.Interop;

namespace Hpo.Tests;

/// <summary>Runs pure Python with the real Optuna, as the other side of a comparison.</summary>
internal static class PythonOracle
{
    // Looking for it starts interpreters that import Optuna: once is enough.
    private static readonly Lazy<string> Executable = new(() => PythonLocator.Find().Executable);

    /// <summary>Runs a script and gives its standard output; the arguments are in <c>sys.argv[1:]</c>.</summary>
    public static async Task<string> RunAsync(string script, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(Executable.Value, ["-c", script, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? await output : throw new InvalidOperationException(await error);
    }
}
