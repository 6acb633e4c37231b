using System.Globalization;
using Hpo.Interop.Bridge;

namespace Hpo.Interop.Glue;

/// <summary>Frozen trials and distributions on their way across.</summary>
internal static class FrozenTrials
{
    /// <summary>Reads what the glue's <c>freeze</c> gives.</summary>
    public static FrozenTrial FromPython(PythonValue facts)
    {
        PythonValue[] fields = facts.AsList();
        return new FrozenTrial
        {
            Number = checked((int)fields[0].AsInteger()),
            State = TrialStates.Parse(fields[1].AsString()),
            Values = Values(fields[2]),
            Params = Objects.FromPythonMap(fields[3]),
            Distributions = Distributions(fields[4]),
            IntermediateValues = IntermediateValues(fields[5]),
            UserAttrs = Objects.FromPythonMap(fields[6]),
            SystemAttrs = Objects.FromPythonMap(fields[7]),
            DatetimeStart = Time(fields[8]),
            DatetimeComplete = Time(fields[9]),
        };
    }

    public static IReadOnlyList<double>? Values(PythonValue values) =>
        values.IsNone ? null : Array.ConvertAll(values.AsList(), value => value.AsFloat());

    public static IReadOnlyList<FrozenTrial> ListFromPython(PythonValue trials) =>
        Array.ConvertAll(trials.AsList(), FromPython);

    /// <summary>What the glue's <c>thaw</c> takes.</summary>
    public static PythonValue ToPython(FrozenTrial trial) => new OrderedDictionary<string, PythonValue>
    {
        ["state"] = trial.State.Name(),
        ["values"] = trial.Values is { } values ? PythonValue.List(values, value => value) : PythonValue.None,
        ["params"] = Objects.ToPython(trial.Params),
        ["distributions"] = ToPython(trial.Distributions),
        ["intermediate_values"] = PythonValue.List(
            trial.IntermediateValues, pair => new PythonValue[] { pair.Key, pair.Value }),
        ["user_attrs"] = Objects.ToPython(trial.UserAttrs),
        ["system_attrs"] = Objects.ToPython(trial.SystemAttrs),
        ["datetime_start"] = Time(trial.DatetimeStart),
        ["datetime_complete"] = Time(trial.DatetimeComplete),
    };

    public static PythonValue ToPython(IEnumerable<KeyValuePair<string, Distribution>> distributions) =>
        Maps.Convert(distributions, ToPython);

    public static IReadOnlyDictionary<string, Distribution> Distributions(PythonValue value) =>
        Maps.Convert(value.AsMap(), item => Distribution(item.AsMap()));

    public static DateTime? Time(PythonValue value) =>
        value.IsNone ? null : DateTime.Parse(value.AsString(), CultureInfo.InvariantCulture, DateTimeStyles.None);

    /// <summary>As Python's <c>datetime.fromisoformat</c> reads it: microseconds, and no zone.</summary>
    public static PythonValue Time(DateTime? time) =>
        time?.ToString("yyyy-MM-ddTHH:mm:ss.ffffff", CultureInfo.InvariantCulture);

    private static IReadOnlyDictionary<long, double> IntermediateValues(PythonValue value)
    {
        var result = new OrderedDictionary<long, double>();
        foreach (PythonValue pair in value.AsList())
            result.Add(pair.AsList()[0].AsInteger(), pair.AsList()[1].AsFloat());
        return result;
    }

    public static PythonValue ToPython(Distribution distribution) => distribution switch
    {
        CategoricalDistribution categorical => new OrderedDictionary<string, PythonValue>
        {
            ["type"] = "categorical",
            ["choices"] = PythonValue.List(categorical.Choices, Objects.ToPython),
        },
        IntDistribution range => Range("int", range.Low, range.High, range.Step, range.Log),
        FloatDistribution range => Range("float", range.Low, range.High, PythonValue.Optional(range.Step), range.Log),
        _ => throw new ArgumentException($"{distribution.GetType()} is not a distribution of Optuna."),
    };

    private static PythonValue Range(string type, PythonValue low, PythonValue high, PythonValue step, bool log) =>
        new OrderedDictionary<string, PythonValue>
        {
            ["type"] = type,
            ["low"] = low,
            ["high"] = high,
            ["step"] = step,
            ["log"] = log,
        };

    public static Distribution Distribution(OrderedDictionary<string, PythonValue> facts) =>
        facts["type"].AsString() switch
        {
            "categorical" => new CategoricalDistribution(Array.ConvertAll(facts["choices"].AsList(), Objects.FromPython)),
            "int" => new IntDistribution(
                facts["low"].AsInteger(), facts["high"].AsInteger(), facts["log"].AsBool(), facts["step"].AsInteger()),
            _ => new FloatDistribution(
                facts["low"].AsFloat(),
                facts["high"].AsFloat(),
                facts["log"].AsBool(),
                facts["step"].IsNone ? null : facts["step"].AsFloat()),
        };
}
