using System.CommandLine;

namespace Hpo.Benchmarks;

/// <summary>
/// The native training of the network for Fashion-MNIST against the same network in Python's torch, in turn, each side in
/// a process of its own.
/// </summary>
internal static class FashionBenchmark
{
    private const int StepsOfEpoch = 600;

    public static Command Create()
    {
        var rounds = new Option<int?>("--rounds") { Description = "Rounds to run (default: 5, with --epoch 1)" };
        var steps = new Option<int?>("--steps")
        {
            Description = "Training steps of a round, batches of 100 images, up to 600 (default: 50, with --epoch 600)",
        };
        var threads = new Option<int[]>("--threads")
        {
            Description = "Numbers of threads to compute with",
            DefaultValueFactory = _ => [1, 2],
            AllowMultipleArgumentsPerToken = true,
        };
        var epoch = new Option<bool>("--epoch")
        {
            Description = "Whole processes that train one epoch and evaluate the test set every 50 steps (takes minutes)",
        };
        var python = new Option<string?>("--python")
        {
            Description = "A Python with torch (default: the first of HPO_PYTHON, python3 and /usr/bin/python3 that has it)",
        };
        var json = new Option<bool>("--json") { Description = "Write the results as one JSON document" };
        rounds.Validators.Add(result => CheckRange(result, result.GetValueOrDefault<int?>() ?? 1, int.MaxValue));
        steps.Validators.Add(result => CheckRange(result, result.GetValueOrDefault<int?>() ?? 1, StepsOfEpoch));
        threads.Validators.Add(result => CheckRange(result, result.GetValueOrDefault<int[]>()!.Min(), int.MaxValue));
        var command = new Command("fashion", "The network for Fashion-MNIST, native and with Python's torch")
        {
            rounds, steps, threads, epoch, python, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            FashionSide baseline = FashionSide.Python(parsed.GetValue(python));
            TextWriter writer = parsed.GetValue(json) ? Console.Error : Console.Out;
            int[] threadCounts = parsed.GetValue(threads)!;
            string document = parsed.GetValue(epoch)
                ? await TrainEpochsAsync(
                    new FashionEpochReport(writer), baseline, threadCounts,
                    parsed.GetValue(rounds) ?? 1, parsed.GetValue(steps) ?? StepsOfEpoch, cancellation)
                : await MeasureStepsAsync(
                    new FashionReport(writer), baseline, threadCounts,
                    parsed.GetValue(rounds) ?? 5, parsed.GetValue(steps) ?? 50, cancellation);
            if (parsed.GetValue(json)) Console.Out.WriteLine(document);
        });
        return command;
    }

    private static async Task<string> MeasureStepsAsync(
        FashionReport report, FashionSide python, int[] threadCounts, int rounds, int steps, CancellationToken cancellation)
    {
        for (int round = 1; round <= rounds; round++)
            foreach (int threads in threadCounts)
                report.Add(new FashionRound(
                    threads,
                    await FashionSide.Native.MeasureAsync(threads, steps, cancellation),
                    await python.MeasureAsync(threads, steps, cancellation)));
        report.WriteSummary();
        return report.ToJson();
    }

    private static async Task<string> TrainEpochsAsync(
        FashionEpochReport report, FashionSide python, int[] threadCounts, int rounds, int steps, CancellationToken cancellation)
    {
        for (int round = 1; round <= rounds; round++)
            foreach (int threads in threadCounts)
                report.Add(new FashionEpochRound(
                    threads,
                    await FashionSide.Native.TrainEpochAsync(threads, steps, cancellation),
                    await python.TrainEpochAsync(threads, steps, cancellation)));
        report.WriteSummary();
        return report.ToJson();
    }

    private static void CheckRange(System.CommandLine.Parsing.OptionResult result, int value, int greatest)
    {
        if (value < 1 || value > greatest)
            result.AddError(
                greatest == int.MaxValue
                    ? $"{result.Option.Name} must be at least 1."
                    : $"{result.Option.Name} must lie between 1 and {greatest}.");
    }
}
