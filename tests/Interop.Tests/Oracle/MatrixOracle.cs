using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace Hpo.Interop.Tests.Oracle;

/// <summary>One pure Python that runs the studies of matrix.py, a line of names at a time.</summary>
public sealed class MatrixOracle : IDisposable
{
    public const int Trials = 50;

    private readonly Process _python = Process.Start(new ProcessStartInfo(
        OptunaRuntime.Current.Python.Executable,
        [Path.Combine(AppContext.BaseDirectory, "Oracle", "matrix.py"), Trials.ToString(CultureInfo.InvariantCulture)])
    {
        RedirectStandardInput = true,
        RedirectStandardOutput = true,
    })!;

    /// <summary>Runs studies, and gives what came of each. One call at a time.</summary>
    internal async Task<Dictionary<string, JsonElement>> RunAsync(string[] names)
    {
        await _python.StandardInput.WriteLineAsync(JsonSerializer.Serialize(names));
        await _python.StandardInput.FlushAsync();
        string? line = await _python.StandardOutput.ReadLineAsync();
        return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(
            line ?? throw new InvalidOperationException("matrix.py ended: its error is on standard error."))!;
    }

    public void Dispose()
    {
        _python.StandardInput.Close();
        _python.WaitForExit();
        _python.Dispose();
    }
}
