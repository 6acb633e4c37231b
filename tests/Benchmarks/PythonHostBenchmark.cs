using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Hpo.Interop;

namespace Hpo.Benchmarks;

/// <summary>
/// A C# objective in a Python study against the same objective in Python: what a trial costs more, and what a second
/// thread gains.
/// </summary>
internal static class PythonHostBenchmark
{
    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "Rounds to run", DefaultValueFactory = _ => 5 };
        rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--rounds must be at least 1.");
        });
        var json = new Option<bool>("--json") { Description = "Write the results as one JSON document" };
        var command = new Command("python-host", "C# objectives in a Python study against Python objectives") { rounds, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = new PythonHostReport(parsed.GetValue(json) ? Console.Error : Console.Out);
            foreach (PythonHostRound round in await RunAsync(parsed.GetValue(rounds), cancellation))
                report.Add(round);
            report.WriteSummary();
            if (parsed.GetValue(json))
                Console.Out.WriteLine(report.ToJson());
        });
        return command;
    }

    private static async Task<IReadOnlyList<PythonHostRound>> RunAsync(int rounds, CancellationToken cancellation)
    {
        string folder = AppContext.BaseDirectory;
        (string output, _) = await TimedProcess.RunAsync(
            FindPython(),
            [
                "-c", "import runpy, sys; sys.path.insert(0, sys.argv.pop(1)); runpy.run_path(sys.argv.pop(1), run_name='__main__')",
                Path.Combine(folder, "python"),
                Path.Combine(folder, "python", "python_host.py"),
                Path.Combine(folder, "TestObjectives.dll"),
                rounds.ToString(CultureInfo.InvariantCulture),
            ],
            cancellation,
            new Dictionary<string, string> { ["HPO_DOTNET_ASSEMBLIES"] = folder });
        return JsonSerializer.Deserialize<PythonHostRound[]>(output, PythonHostReport.JsonFormat)!;
    }

    private static string FindPython()
    {
        try
        {
            return PythonLocator.Find().Executable;
        }
        catch (PythonNotFoundException exception)
        {
            throw new BenchmarkException(exception.Message, WorkerExitCode.Environment);
        }
    }
}
