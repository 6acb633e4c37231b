using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Hpo.Interop;
using Hpo.NativeTrainer.Data;
using Hpo.TestSupport;

namespace Hpo.Benchmarks;

/// <summary>
/// NativeTrainer cross-validate against the same search with scikit-learn, each as it comes: whole processes, in turn,
/// on the same rows.
/// </summary>
internal static class DigitsBenchmark
{
    private const double TestSize = 0.1;

    public static Command Create()
    {
        var rounds = new Option<int>("--rounds") { Description = "Rounds to run", DefaultValueFactory = _ => 3 };
        rounds.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < 1)
                result.AddError("--rounds must be at least 1.");
        });
        var noise = new Option<bool>("--noise")
        {
            Description = "Run scikit-learn twice a round, with another seed, to see how far it lies from itself",
        };
        var json = new Option<bool>("--json") { Description = "Write the results as one JSON document" };
        var command = new Command("digits", "The search over the digits, native and with scikit-learn")
        {
            rounds, noise, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = new DigitsReport(parsed.GetValue(json) ? Console.Error : Console.Out);
            await RunAsync(report, parsed.GetValue(rounds), parsed.GetValue(noise), cancellation);
            if (parsed.GetValue(json))
                Console.Out.WriteLine(report.ToJson());
        });
        return command;
    }

    private static async Task RunAsync(DigitsReport report, int rounds, bool noise, CancellationToken cancellation)
    {
        string python = ScikitLearnPython.Find()
            ?? throw new BenchmarkException(ScikitLearnPython.Remedy, WorkerExitCode.Environment);
        string splitFile = Path.GetTempFileName();
        try
        {
            await RunNativeAsync(0, cancellation);
            for (int round = 0; round < rounds; round++)
            {
                await WriteSplitAsync(splitFile, round, cancellation);
                (string native, TimeSpan nativeTime) = await RunNativeAsync(round, cancellation);
                (string learned, TimeSpan learnedTime) = await RunScikitLearnAsync(python, splitFile, round, cancellation);
                string? again = noise
                    ? (await RunScikitLearnAsync(python, splitFile, rounds + round, cancellation)).Output
                    : null;
                report.Add(new DigitsRound(
                    nativeTime.TotalSeconds,
                    learnedTime.TotalSeconds,
                    GridDifference.Between(native, learned),
                    again is null ? null : GridDifference.Between(again, learned)));
            }
        }
        finally
        {
            File.Delete(splitFile);
        }

        report.WriteSummary();
    }

    private static Task<(string Output, TimeSpan Elapsed)> RunNativeAsync(int seed, CancellationToken cancellation)
    {
        string program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "NativeTrainer.exe" : "NativeTrainer");
        return TimedProcess.RunAsync(
            program,
            ["cross-validate", "--json", "--seed", Text(seed), "--test-size", TestSize.ToString(CultureInfo.InvariantCulture)],
            cancellation);
    }

    private static Task<(string Output, TimeSpan Elapsed)> RunScikitLearnAsync(
        string python, string splitFile, int seed, CancellationToken cancellation)
    {
        string script = Path.Combine(AppContext.BaseDirectory, "python", "cross_validate.py");
        return TimedProcess.RunAsync(
            python, [script, "--json", "--split", splitFile, "--seed", Text(seed)], cancellation);
    }

    private static Task WriteSplitAsync(string file, int seed, CancellationToken cancellation)
    {
        TrainTestSplit split = TrainTestSplit.Shuffled(DigitsDataset.RowCount, TestSize, (ulong)seed);
        string text = JsonSerializer.Serialize(new { train = split.Train, test = split.Test });
        return File.WriteAllTextAsync(file, text, cancellation);
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
