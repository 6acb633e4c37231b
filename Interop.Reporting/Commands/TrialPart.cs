namespace Hpo.Interop.Reporting.Commands;

/// <summary>A trial in a JSON document.</summary>
internal sealed record TrialPart(int Number, double? Value, IReadOnlyDictionary<string, object?> Params)
{
    public static TrialPart From(FrozenTrial trial) => new(trial.Number, trial.Value, trial.Params);
}
