using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Tables.Models;
using Hpo.NativeTrainer.Tables.Space;

namespace Hpo.NativeTrainer.Tables.Training;

/// <summary>A table with all that is decided before the first model is trained: features, target, splits, metrics, models.</summary>
internal sealed record TablePlan
{
    public const string ModelName = "model";

    public required Table Table { get; init; }

    public required TableTarget Target { get; init; }

    /// <summary>The columns that become features.</summary>
    public required IReadOnlyList<TableColumn> Columns { get; init; }

    /// <summary>Rows that no trial sees, in <see cref="TestTable"/>.</summary>
    public required int[] TestRows { get; init; }

    /// <summary>The table of the test's rows: the same, unless they are in a file of their own.</summary>
    public required Table TestTable { get; init; }

    /// <summary>The target's values of the test table.</summary>
    public required float[] TestValues { get; init; }

    /// <summary>All other rows.</summary>
    public required int[] TrainRows { get; init; }

    /// <summary>The rounds in which a trial is scored.</summary>
    public required IReadOnlyList<Fold> Folds { get; init; }

    public required IReadOnlyList<TableMetric> Metrics { get; init; }

    public required IReadOnlyList<ITableModel> Models { get; init; }

    /// <summary>What narrows the search space, or null.</summary>
    public SearchSpaceFile? Space { get; init; }

    public required ulong Seed { get; init; }

    /// <summary>What a person should know of the table, a sentence each.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    private TableFacts Facts => new(
        Target,
        TrainRows.Length,
        Columns.Any(column => column.Kind is ColumnKind.Category),
        Columns.OfType<NumberColumn>().Any(column => column.MissingCount > 0),
        Columns.Any(column => column.Kind is ColumnKind.Text));

    /// <summary>Asks for a model and its hyperparameters.</summary>
    public ITableTrainer Configure(IHyperparameters given)
    {
        IHyperparameters space = Space is null ? given : new NarrowedHyperparameters(given, Space);
        string name = space.Choice(ModelName, [.. Models.Select(model => model.Name)]);
        return Models.First(model => model.Name == name).Configure(space, Facts);
    }

    /// <summary>A model with its own defaults, within the narrowed space.</summary>
    public ITableTrainer Defaults(ITableModel model) =>
        Configure(new DefaultHyperparameters(new Dictionary<string, string> { [ModelName] = model.Name }));

    /// <summary>The whole search space: of every model, with every choice.</summary>
    public IReadOnlyList<Hyperparameter> SearchSpace() => [.. Models.SelectMany(SearchSpaceOf).DistinctBy(asked => asked.Name)];

    /// <summary>The search space of one model, with its defaults; the choice of the model is a part of it.</summary>
    public IReadOnlyList<Hyperparameter> SearchSpaceOf(ITableModel model)
    {
        var list = new HyperparameterList(new DefaultHyperparameters(new Dictionary<string, string> { [ModelName] = model.Name }));
        Configure(list);
        return [.. list.Asked.Select(asked => asked.Name == ModelName ? asked with { Default = model.Name } : asked)];
    }
}
