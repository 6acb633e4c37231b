namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>What the model of a trial is worth on rows that no trial saw.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="Rows">How many rows there are.</param>
/// <param name="Metrics">How models are scored.</param>
/// <param name="Models">The trial's model, and those that it is compared with.</param>
/// <param name="Columns">How much the trial's model needs each column, the most important first.</param>
internal sealed record EvaluationSnapshot(
    int Trial, int Rows, IReadOnlyList<string> Metrics, IReadOnlyList<EvaluatedModel> Models, IReadOnlyList<EvaluatedColumn> Columns);

/// <summary>A model's scores.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Scores">One for each metric; null where it cannot be trained.</param>
internal sealed record EvaluatedModel(string Name, IReadOnlyList<double>? Scores);

/// <summary>What a column is worth to a model.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Importance">How much worse the first metric is where the column is shuffled.</param>
internal sealed record EvaluatedColumn(string Name, double Importance);
