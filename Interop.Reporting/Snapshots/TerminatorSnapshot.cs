using Hpo.Interop.Terminators;

namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>What could still be gained in the course of a study.</summary>
internal sealed record TerminatorSnapshot
{
    /// <summary>What estimated it: Optuna's class.</summary>
    public required string Evaluator { get; init; }

    /// <summary>The complete trials before which Optuna's terminator does not stop.</summary>
    public required int MinTrials { get; init; }

    /// <summary>How many complete trials there are, of which some were chosen.</summary>
    public int Complete { get; init; }

    /// <summary>The estimates, by trial.</summary>
    public IReadOnlyList<TerminatorImprovement> Estimates { get; init; } = [];

    /// <summary>Why there are none, or null.</summary>
    public string? Missing { get; init; }
}
