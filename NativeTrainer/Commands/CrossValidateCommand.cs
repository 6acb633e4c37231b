using System.CommandLine;
using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Classifiers;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Evaluation;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Searches all pairs of n_estimators and max_depth on the digits.</summary>
internal static class CrossValidateCommand
{
    /// <param name="time">The clock that the elapsed time is read from.</param>
    /// <param name="grid">The pairs to score; the whole grid unless given.</param>
    public static Command Create(TimeProvider time, IReadOnlyList<ForestParameters>? grid = null)
    {
        Option<string> model = TrainerOptions.Model();
        Option<int> folds = TrainerOptions.Folds();
        Option<long> seed = TrainerOptions.Seed();
        Option<double> testSize = TrainerOptions.TestSize();
        Option<int> jobs = TrainerOptions.Jobs();
        Option<bool> json = CommonOptions.Json();
        var command = new Command(
            "cross-validate", "Score every pair of n_estimators and max_depth on the digits by cross-validation")
        {
            model, folds, seed, testSize, jobs, json,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new GridSearchOptions
            {
                Model = ModelKinds.Parse(parsed.GetValue(model)!),
                Grid = grid ?? DigitsSearchSpace.Grid,
                Folds = parsed.GetValue(folds),
                Seed = (ulong)parsed.GetValue(seed),
                TestSize = parsed.GetValue(testSize),
                Parallelism = TrainerOptions.Threads(parsed.GetValue(jobs)),
            };
            var output = CommandOutput.Of(parsed, json);
            await RunAsync(options, output, time, cancellation);
            return WorkerExitCode.Success;
        });
        return command;
    }

    private static async Task RunAsync(
        GridSearchOptions options, CommandOutput output, TimeProvider time, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        ByteDataset data = DigitsDataset.Load();
        CheckSizes(data, options);
        GridSearchResult result = await FitProgress.RunAsync(
            output.Messages,
            $"{options.Model.Name()}: {options.Grid.Count} pairs × {options.Folds} folds",
            options.Grid.Count * options.Folds,
            foldDone => GridSearch.Run(data, options, foldDone, cancellation),
            cancellation);

        TimeSpan elapsed = time.GetElapsedTime(start);
        if (output.Json) output.WriteJson(Document(options, result, elapsed));
        else CrossValidateReport.Write(output.Results, result, elapsed);
    }

    private static object Document(GridSearchOptions options, GridSearchResult result, TimeSpan elapsed) => new
    {
        Options = new { Model = options.Model.Name(), options.Folds, options.Seed, options.TestSize, NJobs = options.Parallelism },
        Pairs = result.Pairs.Select(Part),
        Best = Part(result.Best),
        result.TestAccuracy,
        ElapsedSeconds = elapsed.TotalSeconds,
    };

    private static object Part(ScoredPair pair) => new
    {
        pair.Parameters.NEstimators,
        pair.Parameters.MaxDepth,
        pair.Score.Mean,
        pair.Score.Std,
        pair.Score.FoldScores,
    };

    private static void CheckSizes(ByteDataset data, GridSearchOptions options)
    {
        int test = (int)Math.Ceiling(data.RowCount * options.TestSize);
        if (data.RowCount - test < options.Folds)
            throw new UserError(
                $"--test-size {options.TestSize} leaves {data.RowCount - test} of {data.RowCount} rows to train on, too few "
                + $"for --folds {options.Folds}: choose fewer folds or a smaller test part.");
    }
}
