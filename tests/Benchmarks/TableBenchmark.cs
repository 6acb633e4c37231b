using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Hpo.Interop;
using Hpo.NativeTrainer.Objectives;
using Hpo.NativeTrainer.Tables.Training;
using Hpo.TestSupport;

namespace Hpo.Benchmarks;

/// <summary>
/// NativeTrainer tune table against an Optuna study in Python over scikit-learn's models, each as it comes: whole processes, in
/// turn, with the same rows, folds, seeds and number of trials, and comparable search spaces.
/// </summary>
internal static class TableBenchmark
{
    public static Command Create()
    {
        Option<int> rounds = PositiveOption.Create("--rounds", "Seeds to run each table with", 3);
        Option<int> trials = PositiveOption.Create("--n-trials", "Trials of each study", 50);
        Option<int> timeout = PositiveOption.Create("--timeout", "Seconds after which no trial of a study begins", 600);
        var names = new Option<string>("--tables")
        {
            Description = $"The tables, comma-separated: {string.Join(", ", BenchmarkTables.All.Select(table => table.Name))}",
            DefaultValueFactory = _ => string.Join(',', BenchmarkTables.All.Select(table => table.Name)),
        };
        var json = new Option<bool>("--json") { Description = "Write the results as one JSON document" };
        var command = new Command("table", "Tables tuned to a model, against an Optuna study over scikit-learn") { rounds, trials, timeout, names, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            BenchmarkTable[] tables =
            [
                .. parsed.GetValue(names)!.Split(',').Select(name => BenchmarkTables.All.FirstOrDefault(table => table.Name == name)
                    ?? throw new BenchmarkException($"there is no table '{name}'.", WorkerExitCode.Usage)),
            ];
            var report = new TableReport(parsed.GetValue(json) ? Console.Error : Console.Out);
            string python = PythonImport.FindPython("sklearn.ensemble, optuna, pandas") ?? throw new BenchmarkException(
                "no Python with Optuna, scikit-learn and pandas was found: install python3-sklearn, python3-pandas and python3-optuna", WorkerExitCode.Environment);
            string folder = Directory.CreateTempSubdirectory("hpo-bench-").FullName;
            try
            {
                await BenchmarkTables.WriteAsync(folder, tables, python, cancellation);
                foreach (BenchmarkTable table in tables)
                {
                    for (int seed = 0; seed < parsed.GetValue(rounds); seed++)
                        report.Add(await RunAsync(table, folder, python, seed, parsed.GetValue(trials), parsed.GetValue(timeout), cancellation));
                    report.WriteTable(table);
                }
            }
            finally
            {
                Directory.Delete(folder, recursive: true);
            }

            report.WriteSummary();
            if (parsed.GetValue(json)) Console.Out.WriteLine(report.ToJson());
        });
        return command;
    }

    private static async Task<TableRound> RunAsync(
        BenchmarkTable table, string folder, string python, int seed, int trials, int timeout, CancellationToken cancellation)
    {
        string file = Path.Combine(folder, $"{table.Name}.csv");
        TablePlan plan = TablePlanner.Plan(new TableOptions(file, table.Target) { SplitSeed = seed });
        string metric = plan.Metrics[0].Name;
        string split = Path.Combine(folder, "split.json");
        await File.WriteAllTextAsync(split, JsonSerializer.Serialize(new
        {
            train = plan.TrainRows,
            test = plan.TestRows,
            folds = plan.Folds.Select(fold => new { train = fold.Train, validation = fold.Validation }),
        }), cancellation);

        string storage = $"sqlite:///{Path.Combine(folder, $"{table.Name}{seed}.db")}";
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "NativeTrainer.exe" : "NativeTrainer");
        string[] study = ["--study", "table", "--storage", storage, "--json"];
        (_, TimeSpan tuned) = await TimedProcess.RunAsync(
            program,
            ["tune", "table", "--data", file, "--target", table.Target, "--n-trials", Text(trials), "--timeout", Text(timeout), "--seed", Text(seed), "--split-seed", Text(seed), .. study],
            cancellation);
        (string results, TimeSpan tested) = await TimedProcess.RunAsync(program, ["results", "--evaluate", .. study], cancellation);
        (string learned, TimeSpan learnedTime) = await TimedProcess.RunAsync(
            python, [BenchmarkTables.Script, "tune", file, table.Target, split, metric, Text(seed), Text(trials), Text(timeout)], cancellation);

        using var native = JsonDocument.Parse(results);
        using var other = JsonDocument.Parse(learned);
        return new TableRound(
            table.Name,
            metric,
            plan.Metrics[0].Maximized,
            native.RootElement.GetProperty("table").GetProperty("best")[0].GetDouble(),
            other.RootElement.GetProperty("test").GetDouble(),
            native.RootElement.GetProperty("best")[0].GetProperty("params").GetProperty("model").GetString()!,
            other.RootElement.GetProperty("model").GetString()!,
            tuned.TotalSeconds,
            tested.TotalSeconds,
            learnedTime.TotalSeconds);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
