using System.Data.Common;
using System.Globalization;
using Hpo.Interop;

namespace Hpo.NativeTrainer.Dashboard;

/// <summary>Reads the trials of a study that are new or were not finished at the last look.</summary>
/// <param name="known">What is known of the study.</param>
/// <param name="read">Runs a query over the study, as <c>@study</c>, and hands over its rows.</param>
internal sealed class TrialRows(KnownStudy known, Func<string, Func<Action<DbDataReader>, CancellationToken, Task>> read)
{
    public async Task<IReadOnlyList<(long Id, FrozenTrial Trial)>> ReadAsync(CancellationToken cancellation)
    {
        var trials = new OrderedDictionary<long, Row>();
        string open = known.OpenTrials.Count == 0 ? "" : $" OR t.trial_id IN ({string.Join(',', known.OpenTrials)})";
        string which = string.Create(CultureInfo.InvariantCulture, $"t.study_id = @study AND (t.trial_id > {known.LastTrial}{open})");
        await read($"SELECT t.trial_id, t.number, t.state, t.datetime_start, t.datetime_complete FROM trials t WHERE {which} ORDER BY t.trial_id")(
            row => trials[row.GetInt64(0)] = new Row(new FrozenTrial
            {
                Number = row.IsDBNull(1) ? 0 : row.GetInt32(1),
                State = Enum.Parse<TrialState>(row.GetString(2), ignoreCase: true),
                DatetimeStart = StudyTables.Time(row, 3, known.Times),
                DatetimeComplete = StudyTables.Time(row, 4, known.Times),
            }),
            cancellation);
        if (trials.Count == 0) return [];

        await Children("trial_params", "x.param_name, x.param_value, x.distribution_json", "x.param_id", (trial, row) =>
        {
            Distribution distribution = known.Distribution(row.GetString(3));
            trial.Distributions[row.GetString(1)] = distribution;
            trial.Params[row.GetString(1)] = External(distribution, row.GetDouble(2));
        });
        await Children("trial_values", "x.value, x.value_type", "x.objective", (trial, row) => trial.Values.Add(Number(row, 1)));
        await Children("trial_intermediate_values", "x.step, x.intermediate_value, x.intermediate_value_type", "x.step", (trial, row) =>
            trial.Intermediate[row.GetInt64(1)] = Number(row, 2));
        await Children("trial_user_attributes", "x.`key`, x.value_json", "x.trial_user_attribute_id", (trial, row) =>
            trial.UserAttrs[StudyTables.Key(row, 1)] = StudyTables.Attribute(row, 2));
        await Children("trial_system_attributes", "x.`key`, x.value_json", "x.trial_system_attribute_id", (trial, row) =>
        {
            // The page shows no others.
            string key = StudyTables.Key(row, 1);
            if (key.StartsWith(TrialConstraints.Key, StringComparison.Ordinal)) trial.SystemAttrs[key] = StudyTables.Attribute(row, 2);
        });
        return [.. trials.Select(pair => (pair.Key, pair.Value.ToTrial()))];

        Task Children(string table, string columns, string order, Action<Row, DbDataReader> add) =>
            read($"SELECT x.trial_id, {columns} FROM {table} x JOIN trials t ON t.trial_id = x.trial_id WHERE {which} ORDER BY x.trial_id, {order}")(
                row =>
                {
                    if (trials.TryGetValue(row.GetInt64(0), out Row? trial)) add(trial, row);
                },
                cancellation);
    }

    private static object? External(Distribution distribution, double value) => distribution switch
    {
        CategoricalDistribution { Choices: var choices } => choices[(int)value],
        IntDistribution => (long)value,
        _ => value,
    };

    // A number that SQL has no form for is NULL beside its kind.
    private static double Number(DbDataReader row, int column) => !row.IsDBNull(column) ? row.GetDouble(column) : row.GetString(column + 1) switch
    {
        "INF_POS" => double.PositiveInfinity,
        "INF_NEG" => double.NegativeInfinity,
        _ => double.NaN,
    };

    private sealed class Row(FrozenTrial trial)
    {
        public OrderedDictionary<string, object?> Params { get; } = [];

        public Dictionary<string, Distribution> Distributions { get; } = [];

        public List<double> Values { get; } = [];

        public SortedDictionary<long, double> Intermediate { get; } = [];

        public OrderedDictionary<string, object?> UserAttrs { get; } = [];

        public Dictionary<string, object?> SystemAttrs { get; } = [];

        public FrozenTrial ToTrial() => trial with
        {
            Params = Params,
            Distributions = Distributions,
            Values = Values.Count == 0 ? null : Values,
            IntermediateValues = Intermediate,
            UserAttrs = UserAttrs,
            SystemAttrs = SystemAttrs,
        };
    }
}
