using Hpo.Interop.Tables;

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

    /// <summary>When it was taken, in milliseconds since 1970 in UTC.</summary>
    public required double TakenAt { get; init; }

    /// <summary>The zone that Optuna's times are taken to be in, by its name in the tz database: that of the machine that read them.</summary>
    public required string TimeZone { get; init; }

    /// <summary>What is sought; nothing in a preferential study, whose trials have no values.</summary>
    public required IReadOnlyList<ObjectiveSnapshot> Objectives { get; init; }

    /// <summary>Every parameter that a trial has, in the order in which they first appear.</summary>
    public required IReadOnlyList<ParameterSnapshot> Parameters { get; init; }

    /// <summary>All trials, by number; where <see cref="Since"/> is set, those that changed.</summary>
    public required IReadOnlyList<TrialSnapshot> Trials { get; init; }

    /// <summary>The number of the best trial; with several objectives, those of the Pareto front; of a preferential study, those that no trial was preferred to.</summary>
    public required IReadOnlyList<int> Best { get; init; }

    public required ImportanceSnapshot Importance { get; init; }

    /// <summary>What could still be gained in the course of the study; null where that was not asked for.</summary>
    public TerminatorSnapshot? Terminator { get; init; }

    /// <summary>What pruning saved; null where no trial was pruned or no complete one reported values.</summary>
    public PruningSaving? Pruning { get; init; }

    /// <summary>The version of a study that a page follows; else null.</summary>
    public long? Version { get; init; }

    /// <summary>The version that the reader has, to which this adds what changed; null where all trials are here.</summary>
    public long? Since { get; init; }

    /// <summary>What the best model is worth, where that was asked for; else null.</summary>
    public EvaluationSnapshot? Evaluation { get; init; }

    /// <summary>The note on the study, or null.</summary>
    public NoteSnapshot? Note { get; init; }

    /// <summary>What people preferred; null where it is not they who compare the trials.</summary>
    public PreferentialSnapshot? Preferential { get; init; }

    /// <summary>The form that a program registered for the trials, or null.</summary>
    public RegisteredForm? Form { get; init; }

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
/// <param name="Low">The lowest value of the range that it was first drawn from; null for choices.</param>
/// <param name="High">The highest one.</param>
/// <param name="Step">The distance between values; null for none.</param>
/// <param name="Choices">The choices as text; null for a number.</param>
internal sealed record ParameterSnapshot(
    string Name, string Kind, bool Log, double? Low, double? High, double? Step, IList<string>? Choices);

/// <summary>One trial.</summary>
/// <param name="Number">Its number.</param>
/// <param name="State">Optuna's name of the state, in upper case.</param>
/// <param name="Values">One value for each objective, or null.</param>
/// <param name="Params">For each of the study's parameters its number, the index of its choice, or null where the trial
/// does not have it.</param>
/// <param name="Start">When it started, in milliseconds since 1970 in UTC, by the clock of the process that ran it.</param>
/// <param name="End">When it ended, likewise.</param>
/// <param name="Intermediate">The reported values: pairs of step and value; null where they are left out.</param>
/// <param name="Feasible">Whether it keeps the study's constraints.</param>
/// <param name="Constraints">How far it violates each of them, above 0 where it does; null where it has none.</param>
/// <param name="Attrs">What the user attached, as text; null where that is nothing.</param>
/// <param name="System">What Optuna's samplers, pruners and callbacks attached, as text; null where that is nothing.</param>
/// <param name="Worker">The launched worker that ran it; null for any other.</param>
/// <param name="Note">The note on it, or null.</param>
/// <param name="Steps">How many values it reported, where they are left out; else null.</param>
/// <param name="Last">The last one of them.</param>
internal sealed record TrialSnapshot(
    int Number,
    string State,
    IReadOnlyList<double>? Values,
    IReadOnlyList<double?> Params,
    double? Start,
    double? End,
    IReadOnlyList<double[]>? Intermediate,
    bool Feasible,
    IReadOnlyDictionary<string, double>? Constraints,
    IReadOnlyDictionary<string, string>? Attrs,
    IReadOnlyDictionary<string, string>? System,
    string? Worker,
    NoteSnapshot? Note,
    int? Steps = null,
    double? Last = null);
