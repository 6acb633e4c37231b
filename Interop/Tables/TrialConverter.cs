using System.Text.Json;

namespace Hpo.Interop.Tables;

/// <summary>Makes trials as Optuna hands them out of trials as the tables hold them. Not safe on several threads.</summary>
/// <param name="times">The times in the tables.</param>
internal sealed class TrialConverter(TableTimes times)
{
    // A study repeats the same few with every trial.
    private readonly Dictionary<string, Distribution?> _distributions = [];

    /// <summary>A trial with local times.</summary>
    public FrozenTrial ToFrozen(StoredTrial trial)
    {
        var parameters = new OrderedDictionary<string, object?>();
        var distributions = new OrderedDictionary<string, Distribution>();
        foreach (StoredParam parameter in trial.Params)
        {
            Distribution? distribution = Distribution(parameter.Distribution);
            if (distribution is not null) distributions[parameter.Name] = distribution;
            parameters[parameter.Name] = distribution is null ? parameter.Value : StoredDistribution.Value(distribution, parameter.Value);
        }

        return new FrozenTrial
        {
            Number = (int)(trial.Header.Number ?? 0),
            State = trial.State,
            Values = trial.Values.Count == 0 ? null : trial.Values,
            Params = parameters,
            Distributions = distributions,
            IntermediateValues = new OrderedDictionary<long, double>(trial.IntermediateValues.OrderBy(pair => pair.Key)),
            UserAttrs = Attributes(trial.UserAttributes),
            SystemAttrs = Attributes(trial.SystemAttributes),
            DatetimeStart = Local(trial.Header.Start),
            DatetimeComplete = Local(trial.Header.Complete),
        };
    }

    /// <summary>Attributes by key: null, bool, long, double, string, lists and maps. What is no JSON stays its text.</summary>
    public static IReadOnlyDictionary<string, object?> Attributes(IEnumerable<KeyValuePair<string, string>> attributes)
    {
        var values = new OrderedDictionary<string, object?>();
        foreach (var (key, json) in attributes) values[key] = PythonJson.TryParse(json, out object? value) ? value : json;
        return values;
    }

    // What is no distribution of Optuna's leaves its parameters the numbers that the table has.
    private Distribution? Distribution(string json)
    {
        if (_distributions.TryGetValue(json, out Distribution? known)) return known;
        try
        {
            known = StoredDistribution.Parse(json);
        }
        catch (JsonException)
        {
        }

        return _distributions[json] = known;
    }

    private DateTime? Local(DateTime? stored) => stored is { } time ? times.ToLocal(time, TimeZoneInfo.Local) : null;
}
