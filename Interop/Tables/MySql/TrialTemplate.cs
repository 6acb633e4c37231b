namespace Hpo.Interop.Tables.MySql;

/// <summary>What a new trial begins with.</summary>
internal sealed record TrialTemplate
{
    public required TrialState State { get; init; }

    /// <summary>As SQL text, in the time that the installed Optuna writes; null for none.</summary>
    public string? Start { get; init; }

    public string? Complete { get; init; }

    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>Name, internal value, distribution as JSON.</summary>
    public IReadOnlyList<(string Name, double Value, string Distribution)> Params { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> UserAttributes { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> SystemAttributes { get; init; } = [];

    public IReadOnlyList<(long Step, double Value)> IntermediateValues { get; init; } = [];
}
