using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Hpo.Interop;

namespace Hpo.Benchmarks;

/// <summary>The native MySQL storage against Optuna's RDBStorage: the same studies on one private MariaDB, in turn.</summary>
internal static class StorageBenchmark
{
    public static Command Create()
    {
        Option<int> rounds = PositiveOption.Create("--rounds", "Rounds to run", 3);
        Option<int> trials = PositiveOption.Create("--trials", "Trials that are measured in each study", 200);
        Option<int> full = PositiveOption.Create("--full", "Trials that the full study holds before", 5000);
        var data = new Option<string?>("--data")
        {
            Description = "The folder of the server's data: another disk, or one in memory [default: the folder of temporary files]",
        };
        var delay = new Option<double>("--delay")
        {
            Description = "Milliseconds of work before each call of Optuna's, as on a slower machine",
        };
        var json = new Option<bool>("--json") { Description = "Write the results as one JSON document" };
        var command = new Command("storage", "The native MySQL storage against Optuna's RDBStorage") { rounds, trials, full, data, delay, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = new StorageReport(parsed.GetValue(json) ? Console.Error : Console.Out);
            string home = Directory.CreateDirectory(Path.Combine(
                parsed.GetValue(data) ?? Path.GetTempPath(), $"hpo-bench-{Guid.NewGuid():N}")).FullName;
            try
            {
                (string url, _) = await TimedProcess.RunAsync(Clone.Script("start-mysql"), ["--data", home], cancellation);
                for (int round = 0; round < parsed.GetValue(rounds); round++)
                {
                    foreach (StorageOutcome outcome in await RunAsync(
                        url.Trim(), home, round, parsed.GetValue(trials), parsed.GetValue(full), parsed.GetValue(delay), cancellation)) report.Add(outcome);
                }
            }
            finally
            {
                await TimedProcess.RunAsync(Clone.Script("stop-mysql"), ["--data", home], CancellationToken.None);
                Directory.Delete(home, recursive: true);
            }

            report.WriteSummary();
            if (parsed.GetValue(json)) Console.Out.WriteLine(report.ToJson());
        });
        return command;
    }

    private static async Task<StorageOutcome[]> RunAsync(
        string url, string data, int round, int trials, int full, double delay, CancellationToken cancellation)
    {
        string folder = AppContext.BaseDirectory;
        (string output, _) = await TimedProcess.RunAsync(
            PythonLocator.Find().Executable,
            [
                Path.Combine(folder, "python", "storage.py"),
                url.Replace("mysql+pymysql:", "mysql:", StringComparison.Ordinal),
                .. new[] { round, trials, full }.Select(number => number.ToString(CultureInfo.InvariantCulture)),
                data,
                delay.ToString(CultureInfo.InvariantCulture),
            ],
            cancellation,
            new Dictionary<string, string> { ["HPO_DOTNET_ASSEMBLIES"] = folder });
        return JsonSerializer.Deserialize<StorageOutcome[]>(output, StorageReport.JsonFormat)!;
    }
}
