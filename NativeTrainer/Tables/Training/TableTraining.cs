using System.Collections.Concurrent;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Tables.Features;
using Hpo.NativeTrainer.Tables.Models;

namespace Hpo.NativeTrainer.Tables.Training;

/// <summary>Trains and scores models on a plan's rows. From any number of threads.</summary>
/// <param name="plan">The plan.</param>
/// <param name="threads">Threads for one trial.</param>
internal sealed class TableTraining(TablePlan plan, int threads)
{
    // Features of a fold are the same in all trials that make them alike: they are kept up to so many bytes.
    private const long MostKept = 2L << 30;

    // Two folds of a small table at a time are faster than one on two threads; of a large one the trainers use their threads well, and
    // their memory counts.
    private const int MostParallelRows = 100_000;

    private readonly ConcurrentDictionary<(int Fold, FeatureOptions Options), Lazy<FoldFeatures>> _kept = [];
    private long _keptBytes;

    private int FoldsAtATime => plan.TrainRows.Length > MostParallelRows ? 1 : Math.Min(threads, plan.Folds.Count);

    /// <summary>
    /// The scores of each round, one for each of the plan's metrics, in order. The next rounds may be computed beside the one that is
    /// awaited; whoever stops asking waits for those that have begun.
    /// </summary>
    /// <exception cref="TableTrainingException">These hyperparameters lead to no model.</exception>
    public IEnumerable<double[]> Scores(ITableTrainer trainer, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        List<Task<double[]>> rounds = [];
        try
        {
            for (int fold = 0; fold < plan.Folds.Count; fold++)
            {
                cancellation.ThrowIfCancellationRequested();
                while (rounds.Count < Math.Min(plan.Folds.Count, fold + FoldsAtATime))
                {
                    int next = rounds.Count;
                    rounds.Add(Task.Run(() => Score(trainer, next, stop.Token), CancellationToken.None));
                }

                yield return rounds[fold].GetAwaiter().GetResult();
            }
        }
        finally
        {
            stop.Cancel();
            // Their outcome no longer matters, but their memory and their processor time do.
            Task.WhenAll((IEnumerable<Task>)rounds).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing).GetAwaiter().GetResult();
        }
    }

    /// <summary>Trains on all rows that are not set aside for the test.</summary>
    /// <exception cref="TableTrainingException">These hyperparameters lead to no model.</exception>
    public TrainedTable Train(ITableTrainer trainer, CancellationToken cancellation)
    {
        FeaturePipeline pipeline = FeaturePipeline.Fit(plan.Columns, plan.TrainRows, plan.Target, trainer.Features, plan.Seed);
        return new TrainedTable(pipeline, trainer.Fit(Data(pipeline, plan.TrainRows, plan.Folds.Count, threads), cancellation));
    }

    /// <summary>The test's scores of a model, one for each of the plan's metrics.</summary>
    /// <exception cref="TableTrainingException">The model predicts what is no number.</exception>
    public double[] Test(TrainedTable model)
    {
        TableColumn[] columns = [.. plan.Columns.Select(column => plan.TestTable.Find(column.Name)!)];
        return Score(model.Predict(columns, plan.TestRows), plan.TestValues, plan.TestRows);
    }

    /// <summary>The test's scores of what needs no features: the mean, or the shares of the classes.</summary>
    public double[] TestBaseline()
    {
        float[] known = [.. plan.TrainRows.Select(row => plan.Target.Values[row])];
        float[] said = plan.Target.Task is TableTask.Regression
            ? [(float)known.Average(value => (double)value)]
            : [.. plan.Target.Classes.Select((_, label) => known.Count(value => (int)value == label) / (float)known.Length)];
        var predicted = new TablePredictions([.. plan.TestRows.SelectMany(_ => said)], said.Length);
        return Score(predicted, plan.TestValues, plan.TestRows);
    }

    private double[] Score(ITableTrainer trainer, int fold, CancellationToken cancellation)
    {
        FoldFeatures features = FeaturesOf(fold, trainer.Features);
        ITablePredictor predictor = trainer.Fit(Data(features.Pipeline, plan.Folds[fold].Train, fold, Math.Max(1, threads / FoldsAtATime)), cancellation);
        using (predictor as IDisposable) // libtorch's memory does not wait for a collection
            return Score(predictor.Predict(features.Validation), plan.Target.Values, plan.Folds[fold].Validation);
    }

    private double[] Score(TablePredictions predicted, float[] values, int[] rows)
    {
        if (Array.FindIndex(predicted.Values, value => !float.IsFinite(value)) is >= 0 and var place)
            throw new TableTrainingException(FormattableString.Invariant($"It predicts {predicted.Values[place]}."));
        float[] actual = [.. rows.Select(row => values[row])];
        return [.. plan.Metrics.Select(metric => metric.Score(predicted, actual))];
    }

    private TrainingData Data(FeaturePipeline pipeline, int[] rows, int stream, int maxThreads) => new(
        pipeline.Train, pipeline.Codes, [.. rows.Select(row => plan.Target.Values[row])], plan.Target, SeededRandom.Derive(plan.Seed, (ulong)stream), maxThreads);

    private FoldFeatures FeaturesOf(int fold, FeatureOptions options)
    {
        if (_kept.TryGetValue((fold, options), out Lazy<FoldFeatures>? kept)) return kept.Value;
        if (Interlocked.Read(ref _keptBytes) > MostKept) return Make(fold, options);
        return _kept.GetOrAdd((fold, options), key => new Lazy<FoldFeatures>(() =>
        {
            FoldFeatures made = Make(key.Fold, key.Options);
            Interlocked.Add(ref _keptBytes, sizeof(float) * ((long)made.Pipeline.Train.Values.Length + made.Validation.Values.Length));
            return made;
        })).Value;
    }

    private FoldFeatures Make(int fold, FeatureOptions options)
    {
        Fold rows = plan.Folds[fold];
        FeaturePipeline pipeline = FeaturePipeline.Fit(plan.Columns, rows.Train, plan.Target, options, SeededRandom.Derive(plan.Seed, (ulong)fold));
        return new FoldFeatures(pipeline, pipeline.Apply(rows.Validation));
    }

    private sealed record FoldFeatures(FeaturePipeline Pipeline, FeatureMatrix Validation);
}

/// <summary>A trained model with the making of its features.</summary>
internal sealed record TrainedTable(FeaturePipeline Pipeline, ITablePredictor Predictor)
{
    /// <summary>Predicts rows of columns like those that it was trained on.</summary>
    public TablePredictions Predict(IReadOnlyList<TableColumn> columns, int[] rows) => Predictor.Predict(Pipeline.Apply(columns, rows));
}
