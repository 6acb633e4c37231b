namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>
/// All that the report's page shows of a study, at one moment: a plain record that <see cref="SnapshotJson"/> writes, so
/// that a page can hold it or a server can send it.
/// </summary>
internal sealed record StudySnapshot
{
    public required string Name { get; init; }

    /// <summary>Its storage's URL, without the password.</summary>
    public required string Storage { get; init; }

    /// <summary>When it was taken, in milliseconds since 1970 in the clock of the trials' times.</summary>
    public required double TakenAt { get; init; }

    public required IReadOnlyList<ObjectiveSnapshot> Objectives { get; init; }

    /// <summary>Every parameter that a trial has, in the order in which they first appear.</summary>
    public required IReadOnlyList<ParameterSnapshot> Parameters { get; init; }

    /// <summary>All trials, by number.</summary>
    public required IReadOnlyList<TrialSnapshot> Trials { get; init; }

    /// <summary>The number of the best trial; with several objectives, those of the Pareto front.</summary>
    public required IReadOnlyList<int> Best { get; init; }

    public required ImportanceSnapshot Importance { get; init; }

    /// <summary>What pruning saved; null where no trial was pruned or no complete one reported values.</summary>
    public PruningSaving? Pruning { get; init; }

    /// <summary>What the user attached to the study, as text.</summary>
    public IReadOnlyDictionary<string, string> UserAttrs { get; init; } = new Dictionary<string, string>();
}

/// <summary>One objective.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Direction">"minimize" or "maximize".</param>
internal sealed record ObjectiveSnapshot(string Name, string Direction);

/// <summary>One parameter.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Kind">"float", "int" or "categorical".</param>
/// <param name="Log">Whether it is drawn from the logarithmic domain.</param>
/// <param name="Choices">The choices as text; null for a number.</param>
internal sealed record ParameterSnapshot(string Name, string Kind, bool Log, IList<string>? Choices);

/// <summary>One trial.</summary>
/// <param name="Number">Its number.</param>
/// <param name="State">Optuna's name of the state, in upper case.</param>
/// <param name="Values">One value for each objective, or null.</param>
/// <param name="Params">For each of the study's parameters its number, the index of its choice, or null where the trial
/// does not have it.</param>
/// <param name="Start">When it started, in milliseconds since 1970 in the clock of the process that ran it.</param>
/// <param name="End">When it ended, in the same clock.</param>
/// <param name="Intermediate">The reported values: pairs of step and value.</param>
/// <param name="Feasible">Whether it keeps the study's constraints.</param>
/// <param name="Attrs">What the user attached, as text; null where that is nothing.</param>
internal sealed record TrialSnapshot(
    int Number,
    string State,
    IReadOnlyList<double>? Values,
    IReadOnlyList<double?> Params,
    double? Start,
    double? End,
    IReadOnlyList<double[]> Intermediate,
    bool Feasible,
    IReadOnlyDictionary<string, string>? Attrs);

/// <summary>How much each parameter matters.</summary>
/// <param name="Evaluator">How that was found.</param>
/// <param name="ByObjective">For each objective the importance of each parameter, the greatest first; empty where there
/// are none.</param>
/// <param name="Missing">Why there are none, or null.</param>
internal sealed record ImportanceSnapshot(
    string Evaluator, IReadOnlyList<IReadOnlyDictionary<string, double>> ByObjective, string? Missing)
{
    public static ImportanceSnapshot None(string reason) => new("", [], reason);
}
