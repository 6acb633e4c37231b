namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>How much each parameter matters.</summary>
internal sealed record ImportanceSnapshot
{
    /// <summary>What each evaluator found, Optuna's own choice first.</summary>
    public IReadOnlyList<EvaluatedImportance> Evaluators { get; init; } = [];

    /// <summary>How many complete trials they are found from.</summary>
    public int Trials { get; init; }

    /// <summary>The complete trials that do not count: they lack a parameter that the others have, drew it from another range, or
    /// have a value that is not finite.</summary>
    public IReadOnlyList<int> LeftOut { get; init; } = [];

    /// <summary>What else the reader should know, or null.</summary>
    public string? Remark { get; init; }

    /// <summary>Why there are none at all, or null.</summary>
    public string? Missing { get; init; }

    /// <summary>Those of a preferential study.</summary>
    public static readonly ImportanceSnapshot WithoutValues = None("The trials of a preferential study have no values.");

    public static ImportanceSnapshot None(string reason) => new() { Missing = reason };
}

/// <summary>What one evaluator found.</summary>
/// <param name="Name">Its name.</param>
/// <param name="ByObjective">For each objective the importance of each parameter, the greatest first; empty where there
/// are none.</param>
/// <param name="Missing">Why there are none, or null.</param>
internal sealed record EvaluatedImportance(
    string Name, IReadOnlyList<IReadOnlyDictionary<string, double>> ByObjective, string? Missing);
