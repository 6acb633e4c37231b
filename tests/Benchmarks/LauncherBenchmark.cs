using System.CommandLine;
using System.Globalization;
using Hpo.Interop;

namespace Hpo.Benchmarks;

/// <summary>ParallelLauncher against a course's launcher of a few lines of Python: the same Python worker, in turn.</summary>
internal static class LauncherBenchmark
{
    private const int Milliseconds = 100;

    // To sleep costs no processor time: long enough for the launcher's own to be seen.
    private const int SleepsPerTrial = 5;

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "Rounds to run", DefaultValueFactory = _ => 3 };
        var workers = new Option<int>("--workers") { Description = "Workers of each launcher", DefaultValueFactory = _ => 32 };
        var trials = new Option<int>("--trials") { Description = "Trials of each worker", DefaultValueFactory = _ => 20 };
        var json = new Option<bool>("--json") { Description = "Write the results as one JSON document" };
        foreach (Option<int> number in (Option<int>[])[rounds, workers, trials])
        {
            number.Validators.Add(result =>
            {
                if (result.GetValueOrDefault<int>() < 1) result.AddError($"{number.Name} must be at least 1.");
            });
        }

        var command = new Command("launcher", "Start-up, throughput, memory and processor time of the launcher") { rounds, workers, trials, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            if (!OperatingSystem.IsLinux()) throw new BenchmarkException("the launcher is measured on Linux only", WorkerExitCode.Environment);
            var report = new LauncherReport(parsed.GetValue(json) ? Console.Error : Console.Out, parsed.GetValue(workers), Milliseconds);
            await RunAsync(report, parsed.GetValue(rounds), parsed.GetValue(workers), parsed.GetValue(trials), cancellation);
            if (parsed.GetValue(json)) Console.Out.WriteLine(report.ToJson());
        });
        return command;
    }

    private static async Task RunAsync(LauncherReport report, int rounds, int workers, int trials, CancellationToken cancellation)
    {
        string home = Directory.CreateTempSubdirectory("hpo-bench-").FullName;
        string data = Path.Combine(home, "mysql");
        try
        {
            (string output, _) = await TimedProcess.RunAsync(Clone.Script("start-mysql"), ["--data", data], cancellation);
            string storage = output.Trim();
            for (int round = 0; round < rounds; round++)
            {
                // Without a study there is no storage in the way of either: what is left is the launcher itself.
                report.AddSleeping(
                    await OursAsync(home, storage, null, workers, SleepsPerTrial * trials, cancellation),
                    await TheirsAsync(home, storage, null, workers, SleepsPerTrial * trials, cancellation));
                report.AddStudies(
                    await OursAsync(home, storage, $"ours-{round}", workers, trials, cancellation),
                    await TheirsAsync(home, storage, $"theirs-{round}", workers, trials, cancellation));
            }
        }
        finally
        {
            await TimedProcess.RunAsync(Clone.Script("stop-mysql"), ["--data", data], CancellationToken.None);
            Directory.Delete(home, recursive: true);
        }

        report.WriteSummary();
    }

    private static async Task<LauncherRun> OursAsync(
        string home, string storage, string? study, int workers, int trials, CancellationToken cancellation)
    {
        string times = Directory.CreateDirectory(Path.Combine(home, Path.GetRandomFileName())).FullName;
        string launcher = Clone.Program("ParallelLauncher");
        string name = study ?? "sleeping";
        await PrepareAsync(launcher, storage, name, cancellation);
        return await LauncherRun.MeasureAsync(
            launcher,
            [Python("sleep_worker.py"), "-n", Text(workers), "--study", name, "--log-dir", Path.Combine(home, "runs"), "--", .. Arguments(times, study, workers, trials)],
            storage, times, workers * trials, cancellation);
    }

    private static async Task<LauncherRun> TheirsAsync(
        string home, string storage, string? study, int workers, int trials, CancellationToken cancellation)
    {
        string times = Directory.CreateDirectory(Path.Combine(home, Path.GetRandomFileName())).FullName;
        if (study is not null) await PrepareAsync(Clone.Program("ParallelLauncher"), storage, study, cancellation);
        return await LauncherRun.MeasureAsync(
            PythonLocator.Find().Executable,
            [Python("parallel_launcher.py"), Python("sleep_worker.py"), "--num_parallel", Text(workers), .. Arguments(times, study, workers, trials)],
            storage, times, workers * trials, cancellation);
    }

    // Both sides find their study made: the other launcher makes none.
    private static async Task PrepareAsync(string launcher, string storage, string study, CancellationToken cancellation)
    {
        string? before = Environment.GetEnvironmentVariable(WorkerEnvironment.StorageVariable);
        Environment.SetEnvironmentVariable(WorkerEnvironment.StorageVariable, storage);
        try
        {
            await TimedProcess.RunAsync(launcher, ["prepare", "--study", study, "--direction", "minimize"], cancellation);
        }
        finally
        {
            Environment.SetEnvironmentVariable(WorkerEnvironment.StorageVariable, before);
        }
    }

    private static string[] Arguments(string times, string? study, int workers, int trials) =>
        [times, Text(workers), Text(trials), Text(Milliseconds), .. study is null ? (string[])[] : [study]];

    private static string Python(string script) => Path.Combine(AppContext.BaseDirectory, "python", script);

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
