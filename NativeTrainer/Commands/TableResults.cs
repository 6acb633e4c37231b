using System.Text.Json;
using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Objectives;
using Hpo.NativeTrainer.Tables;
using Hpo.NativeTrainer.Tables.Models;
using Hpo.NativeTrainer.Tables.Saving;
using Hpo.NativeTrainer.Tables.Space;
using Hpo.NativeTrainer.Tables.Training;
using Spectre.Console;

namespace Hpo.NativeTrainer.Commands;

/// <summary>What the model of a trial is worth, on rows that no trial saw.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="Rows">The test's rows.</param>
/// <param name="Metrics">The metrics.</param>
/// <param name="Best">The scores of the trial's model.</param>
/// <param name="Defaults">The scores of each kind of model with its own defaults; null for one that cannot be trained so.</param>
/// <param name="Baseline">The scores of the mean, or of the classes' shares.</param>
/// <param name="Importance">How much worse the first metric is where a column is shuffled, the most important first.</param>
internal sealed record TableEvaluation(
    int Trial,
    int Rows,
    IReadOnlyList<string> Metrics,
    IReadOnlyList<double> Best,
    IReadOnlyDictionary<string, IReadOnlyList<double>?> Defaults,
    IReadOnlyList<double> Baseline,
    IReadOnlyDictionary<string, double> Importance)
{
    /// <summary>The trial's model and those that it is compared with, as they are shown.</summary>
    public IEnumerable<(string Name, IReadOnlyList<double>? Scores)> Models() =>
    [
        (FormattableString.Invariant($"trial {Trial}"), Best),
        .. Defaults.Select(model => ($"{model.Key} with its defaults", model.Value)),
        ("baseline (mean, or shares of the classes)", Baseline),
    ];
}

/// <summary>Trains the model of a table study's trial on all rows but the test's, tests it, and saves it.</summary>
/// <param name="evaluate">Whether it is tested.</param>
/// <param name="data">Where the table is, or null where it was.</param>
/// <param name="save">Where to save the model, or null.</param>
/// <param name="onnx">Where to write it as ONNX, or null.</param>
internal sealed class TableResults(bool evaluate, string? data, string? save, string? onnx)
{
    public bool IsAsked => evaluate || Saves;

    public bool Saves => save is not null || onnx is not null;

    /// <summary>The evaluation, or null where none is asked for, or the test has no rows.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="attrs">The study's user attributes.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="UserError">The table has changed, or the study is none over a table.</exception>
    public TableEvaluation? Run(FrozenTrial trial, IReadOnlyDictionary<string, object?> attrs, CancellationToken cancellation)
    {
        if (!IsAsked || TableSettings.OptionsOf(attrs, data) is not { } options) return null;
        CheckUnchanged(options.Data, attrs.GetValueOrDefault("data_hash"), "Give --data the file as it was.");
        if (options.Test is { } test) CheckUnchanged(test, attrs.GetValueOrDefault("test_hash"), "Put the file back as it was.");
        TablePlan plan = TablePlanner.Plan(options);
        if (TableSettings.SpaceOf(attrs) is { } space) plan = plan with { Space = SearchSpaceFile.Parse(space, "the study's search space") };
        var training = new TableTraining(plan, ProcessorShare.Cores);
        (TrainedTable best, double[] scores) = Train(plan, training, trial, cancellation);
        if (save is not null) TableModelFile.Save(save, plan, best, Description(plan, trial, scores));
        if (onnx is not null) TableOnnxFile.Save(onnx, plan, best);
        if (!evaluate) return null;
        if (scores.Length == 0)
            throw new UserError("--evaluate: the study was made with --test-size 0, and there are no rows to test with. Save the model by --save alone.");
        return new TableEvaluation(
            trial.Number,
            plan.TestRows.Length,
            [.. plan.Metrics.Select(metric => metric.Name)],
            scores,
            plan.Models.ToDictionary(model => model.Name, IReadOnlyList<double>? (model) => Defaults(plan, training, model, cancellation)),
            training.TestBaseline(),
            TableImportance.Of(plan, best, cancellation).ToDictionary(column => column.Column, column => column.Importance));
    }

    public static void Write(IAnsiConsole console, TableEvaluation evaluation)
    {
        console.WriteLine(FormattableString.Invariant($"on {evaluation.Rows} rows that no trial saw, {string.Join(", ", evaluation.Metrics)}:"));
        var grid = new Grid().AddColumn().AddColumn();
        foreach ((string name, IReadOnlyList<double>? scores) in evaluation.Models())
            grid.AddRow(Markup.Escape($"  {name}"), scores is null ? "cannot be trained" : string.Join(", ", scores.Select(Texts.Value)));
        console.Write(grid);
        if (evaluation.Importance.Count == 0)
        {
            console.WriteLine("(the importance of the columns is left out: they are too many)");
            return;
        }

        console.WriteLine($"importance of the columns: how much worse {evaluation.Metrics[0]} is where one is shuffled");
        var columns = new Grid().AddColumn().AddColumn();
        foreach ((string column, double importance) in evaluation.Importance) columns.AddRow(Markup.Escape($"  {column}"), Texts.Value(importance));
        console.Write(columns);
    }

    private static void CheckUnchanged(string file, object? hash, string remedy)
    {
        if (TableSettings.Hash(file) != hash as string)
            throw new UserError($"{file} is not the table that the study was made with: its content has changed. {remedy}");
    }

    private static (TrainedTable Model, double[] Scores) Train(TablePlan plan, TableTraining training, FrozenTrial trial, CancellationToken cancellation)
    {
        try
        {
            TrainedTable model = training.Train(plan.Configure(new RecordedHyperparameters(trial.Params)), cancellation);
            return (model, plan.TestRows.Length == 0 ? [] : training.Test(model));
        }
        catch (TableTrainingException error)
        {
            throw new UserError($"The hyperparameters of trial {trial.Number} lead to no model on all rows: {error.Message} Choose another one with --trial.", WorkerExitCode.Failure);
        }
    }

    private static double[]? Defaults(TablePlan plan, TableTraining training, ITableModel model, CancellationToken cancellation)
    {
        try
        {
            return training.Test(training.Train(plan.Defaults(model), cancellation));
        }
        catch (TableTrainingException)
        {
            return null;
        }
    }

    private static TableModelDescription Description(TablePlan plan, FrozenTrial trial, double[] scores) => new()
    {
        Model = (string)trial.Params[TablePlan.ModelName]!,
        Parameters = trial.Params.ToDictionary(parameter => parameter.Key, parameter => JsonSerializer.SerializeToElement(parameter.Value)),
        Target = plan.Target.Name,
        Task = plan.Target.Task,
        Classes = plan.Target.Classes,
        Columns = [.. plan.Columns.Select(column => new DescribedColumn(column.Name, column.Kind, (column as CategoryColumn)?.Levels))],
        Test = plan.Metrics.Zip(scores).ToDictionary(metric => metric.First.Name, metric => metric.Second),
    };
}
