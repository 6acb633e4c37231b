using System.Data.Common;

namespace Hpo.Interop.Tables;

/// <summary>What is read of a trial besides its row.</summary>
[Flags]
internal enum TrialParts
{
    None = 0,
    Values = 1,
    Params = 2,
    UserAttributes = 4,
    SystemAttributes = 8,
    IntermediateValues = 16,

    /// <summary>Of the system attributes those that name the trial's owner and its constraints: samplers' may be large.</summary>
    OwnerAndConstraints = 32,

    /// <summary>The system attributes without the samplers' state.</summary>
    ReadableSystemAttributes = 64,
    All = Values | Params | UserAttributes | SystemAttributes | IntermediateValues,
}

/// <summary>Reads trials with what belongs to them.</summary>
internal static class TrialReader
{
    // So many trials are read at a time, and fewer where the server takes only small packets: each is named five times.
    private const int Block = 2000;
    private const int BytesPerTrial = 256;

    private static readonly Table[] Tables =
    [
        new(TrialParts.Values, "value, value_type", "trial_values", "objective", (trial, row) => trial.Values.Add(StoredNumber.Read(row, 1))),
        new(TrialParts.Params, "param_name, param_value, distribution_json", "trial_params", "param_id", (trial, row) => trial.Params.Add(
            new StoredParam(row.Text(1) ?? "", row.IsDBNull(2) ? double.NaN : row.GetDouble(2), row.Text(3) ?? "null"))),
        new(TrialParts.UserAttributes, "`key`, value_json", "trial_user_attributes", "trial_user_attribute_id",
            (trial, row) => trial.UserAttributes.Add(row.Attribute(1, 2))),
        new(TrialParts.SystemAttributes, "`key`, value_json", "trial_system_attributes", "trial_system_attribute_id",
            (trial, row) => trial.SystemAttributes.Add(row.Attribute(1, 2))),
        new(TrialParts.OwnerAndConstraints, "`key`, value_json", "trial_system_attributes", "trial_system_attribute_id",
            (trial, row) => trial.SystemAttributes.Add(row.Attribute(1, 2)),
            $" AND (`key` IN ('{TrialOwner.Key}', '{TrialConstraints.Key}') OR `key` LIKE '{TrialConstraints.Key}:%')"),
        new(TrialParts.ReadableSystemAttributes, "`key`, value_json", "trial_system_attributes", "trial_system_attribute_id",
            (trial, row) => trial.SystemAttributes.Add(row.Attribute(1, 2)), $" AND {SamplerState.OthersInSql}"),
        new(TrialParts.IntermediateValues, "step, intermediate_value, intermediate_value_type", "trial_intermediate_values",
            "trial_intermediate_value_id",
            (trial, row) => trial.IntermediateValues.Add(KeyValuePair.Create(row.GetInt64(1), StoredNumber.Read(row, 2)))),
    ];

    /// <summary>Reads what belongs to trials whose rows are known.</summary>
    public static IEnumerable<StoredTrial> Read(TableSession session, IReadOnlyList<TrialHeader> trials, TrialParts parts)
    {
        int size = (int)Math.Clamp(session.PacketLimit / BytesPerTrial - 4, 1, Block);
        return trials.Chunk(size).SelectMany(block => ReadBlock(session, block, parts));
    }

    /// <summary>The trial of a key with all that belongs to it, and the key of its study; null where there is none.</summary>
    public static (long Study, StoredTrial Trial)? Find(TableSession session, long trial)
    {
        List<(long Study, TrialHeader Header)> rows = session.Rows(
            row => (row.GetInt64(TrialHeader.ColumnCount), TrialHeader.Read(row)),
            $"SELECT {TrialHeader.Columns}, study_id FROM trials WHERE trial_id = @trial",
            ("trial", trial));
        return rows is [var found] ? (found.Study, Read(session, [found.Header], TrialParts.All).Single()) : null;
    }

    private static IEnumerable<StoredTrial> ReadBlock(TableSession session, TrialHeader[] block, TrialParts parts)
    {
        Dictionary<long, Builder> trials = block.ToDictionary(header => header.Id, header => new Builder(header));
        Table[] tables = [.. Tables.Where(table => (parts & table.Part) != 0)];
        if (tables.Length > 0)
        {
            string ids = Statements.List(trials.Keys);
            session.Read(
                string.Join(';', tables.Select(table => table.Query(ids))),
                reader =>
                {
                    foreach (Table table in tables)
                    {
                        while (reader.Read()) table.Add(trials[reader.GetInt64(0)], reader);
                        reader.NextResult();
                    }

                    return true;
                });
        }

        return trials.Values.Select(trial => trial.Build());
    }

    private sealed record Table(
        TrialParts Part, string Columns, string Name, string Order, Action<Builder, DbDataReader> Add, string Condition = "")
    {
        public string Query(string ids) =>
            $"SELECT trial_id, {Columns} FROM {Name} WHERE trial_id IN ({ids}){Condition} ORDER BY {Order}";
    }

    private sealed class Builder(TrialHeader header)
    {
        public List<double> Values { get; } = [];

        public List<StoredParam> Params { get; } = [];

        public List<KeyValuePair<string, string>> UserAttributes { get; } = [];

        public List<KeyValuePair<string, string>> SystemAttributes { get; } = [];

        public List<KeyValuePair<long, double>> IntermediateValues { get; } = [];

        public StoredTrial Build() => new(header)
        {
            Values = Values,
            Params = Params,
            UserAttributes = UserAttributes,
            SystemAttributes = SystemAttributes,
            IntermediateValues = IntermediateValues,
        };
    }
}
