using System.Diagnostics;
using System.Text.Json;
using Hpo.NativeTrainer.Classifiers;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Evaluation;
using Hpo.TestSupport;

namespace Hpo.NativeTrainer.Tests.Evaluation;

public sealed class ScikitLearnOracleTests
{
    private const int Repeats = 30;

    private static readonly ForestParameters[] Pairs = [new(1, 5), new(5, 10), new(10, 5), new(10, 100), new(50, 20)];

    /// <summary>
    /// From seed to seed a pair varies with a standard deviation of 2.1 points (one tree of depth 5) down to 0.2 (50
    /// trees), on either side alike. With so many repeats the difference of the two grand means therefore has one of 0.12
    /// points, and that of the single tree one of 0.55: the bounds lie four of them away.
    /// </summary>
    [Fact]
    public async Task The_forest_is_as_accurate_as_scikit_learns_on_the_same_rows_and_folds()
    {
        string? python = ScikitLearnPython.Find();
        Assert.SkipWhen(python is null, ScikitLearnPython.Remedy);
        ByteDataset digits = DigitsDataset.Load();
        TrainTestSplit split = TrainTestSplit.Shuffled(digits.RowCount, 0.1, 0);

        Task<double[]> expected = Task.Run(() => ScikitLearnMeansAsync(python!, split));
        double[] native = NativeMeans(digits, split);

        double[] points = [.. native.Zip(await expected, (ours, theirs) => 100 * (ours - theirs))];
        points.Average().Should().BeInRange(-0.5, 0.5);
        points.Should().OnlyContain(difference => Math.Abs(difference) < 2.5, "no single pair may be off by much either");
    }

    private static double[] NativeMeans(ByteDataset digits, TrainTestSplit split)
    {
        IReadOnlyList<Fold> folds = KFold.Split(split.Train, 5);
        double[][] bySeed =
        [
            .. Enumerable.Range(0, Repeats).Select(seed =>
                new CrossValidation(digits, folds, ModelKind.Forest, (ulong)seed)
                    .RunAll(Pairs, Environment.ProcessorCount, cancellation: TestContext.Current.CancellationToken)
                    .Select(score => score.Mean)
                    .ToArray()),
        ];
        return [.. Pairs.Select((_, pair) => bySeed.Average(means => means[pair]))];
    }

    private static async Task<double[]> ScikitLearnMeansAsync(string python, TrainTestSplit split)
    {
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        string file = Path.GetTempFileName();
        try
        {
            string rows = JsonSerializer.Serialize(new { train = split.Train, test = split.Test });
            await File.WriteAllTextAsync(file, rows, cancellation);
            string script = Path.Combine(AppContext.BaseDirectory, "python", "cross_validate.py");
            string[] pairs = [.. Pairs.Select(pair => FormattableString.Invariant($"{pair.NEstimators},{pair.MaxDepth}"))];
            var start = new ProcessStartInfo(
                python, [script, "--json", "--seed", "0", "--split", file, "--repeats", $"{Repeats}", "--pairs", .. pairs])
            {
                RedirectStandardOutput = true,
            };
            using Process process = Process.Start(start)!;
            string output = await process.StandardOutput.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            process.ExitCode.Should().Be(0);
            using JsonDocument document = JsonDocument.Parse(output);
            return
            [
                .. document.RootElement.GetProperty("pairs").EnumerateArray()
                    .Select(pair => pair.GetProperty("mean").GetDouble()),
            ];
        }
        finally
        {
            File.Delete(file);
        }
    }
}
