namespace Hpo.Interop.Tables;

/// <summary>A trial as the tables hold it: categorical parameters by their choice's index, attributes and distributions as JSON,
/// times as they were written.</summary>
/// <param name="Header">Its row.</param>
internal sealed record StoredTrial(TrialHeader Header)
{
    /// <summary>One for each objective; none before the trial is complete.</summary>
    public IReadOnlyList<double> Values { get; init; } = [];

    /// <summary>In the order in which they were suggested.</summary>
    public IReadOnlyList<StoredParam> Params { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> UserAttributes { get; init; } = [];

    public IReadOnlyList<KeyValuePair<string, string>> SystemAttributes { get; init; } = [];

    /// <summary>In the order in which they were reported.</summary>
    public IReadOnlyList<KeyValuePair<long, double>> IntermediateValues { get; init; } = [];

    public long Id => Header.Id;

    public TrialState State => Header.State;

    /// <summary>Whether it keeps its constraints.</summary>
    public bool IsFeasible => TrialConstraints.AreKept(SystemAttributes
        .Where(attribute => attribute.Key.StartsWith(TrialConstraints.Key, StringComparison.Ordinal))
        .Select(attribute => KeyValuePair.Create(attribute.Key, PythonJson.TryParse(attribute.Value, out object? value) ? value : double.NaN)));

    /// <summary>Whether all that was read is the same.</summary>
    public bool Equals(StoredTrial? other) => other is not null && Header == other.Header
        && Values.SequenceEqual(other.Values)
        && Params.SequenceEqual(other.Params)
        && UserAttributes.SequenceEqual(other.UserAttributes)
        && SystemAttributes.SequenceEqual(other.SystemAttributes)
        && IntermediateValues.SequenceEqual(other.IntermediateValues);

    public override int GetHashCode() => Header.GetHashCode();
}

/// <param name="Name">The parameter's name.</param>
/// <param name="Value">Its value as the tables hold it.</param>
/// <param name="Distribution">What it was drawn from, as JSON.</param>
internal readonly record struct StoredParam(string Name, double Value, string Distribution);
