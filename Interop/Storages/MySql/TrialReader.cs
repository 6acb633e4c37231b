using System.Globalization;
using System.Text.Json;
using MySqlConnector;

namespace Hpo.Interop.Storages.MySql;

/// <summary>Reads trials with all that belongs to them, as JSON.</summary>
internal static class TrialReader
{
    // So many trials are read at a time, and fewer where the server takes only small packets: each is named five times.
    private const int Block = 2000;
    private const int BytesPerTrial = 256;

    /// <summary>
    /// One JSON array for each trial: [key, number, state, start, complete, [value…], [[parameter, internal value,
    /// distribution]…], {user attribute: JSON…}, {system attribute: JSON…}, [[step, value]…]].
    /// </summary>
    public static IEnumerable<(TrialRow Trial, string Json)> Read(MySqlSession session, IReadOnlyList<TrialRow> trials)
    {
        int size = (int)Math.Clamp(session.PacketLimit / BytesPerTrial - 4, 1, Block);
        foreach (TrialRow[] block in trials.Chunk(size))
        {
            var parts = new Parts(session, Statements.List(block.Select(trial => trial.Id)));
            foreach (TrialRow trial in block) yield return (trial, JsonText.Write(json => parts.Write(json, trial)));
        }
    }

    public static TrialRow? Find(MySqlSession session, long trial, out long study)
    {
        long found = 0;
        List<TrialRow> rows = session.Rows(
            row =>
            {
                found = row.GetInt64(5);
                return TrialRow.Read(row);
            },
            $"SELECT {TrialRow.Columns}, study_id FROM trials WHERE trial_id = @trial",
            ("trial", trial));
        study = found;
        return rows.Count == 0 ? null : rows[0];
    }

    /// <summary>What belongs to some trials, by trial.</summary>
    private sealed class Parts
    {
        private readonly ILookup<long, string> _values;
        private readonly ILookup<long, (string Name, string Value, string Distribution)> _params;
        private readonly ILookup<long, KeyValuePair<string, string>> _user;
        private readonly ILookup<long, KeyValuePair<string, string>> _system;
        private readonly ILookup<long, (long Step, string Value)> _intermediate;

        public Parts(MySqlSession session, string trials)
        {
            (_values, _params, _user, _system, _intermediate) = session.Read(
                $"""
                 SELECT trial_id, value, value_type FROM trial_values WHERE trial_id IN ({trials}) ORDER BY objective;
                 SELECT trial_id, param_name, param_value, distribution_json FROM trial_params
                 WHERE trial_id IN ({trials}) ORDER BY param_id;
                 SELECT trial_id, `key`, value_json FROM trial_user_attributes
                 WHERE trial_id IN ({trials}) ORDER BY trial_user_attribute_id;
                 SELECT trial_id, `key`, value_json FROM trial_system_attributes
                 WHERE trial_id IN ({trials}) ORDER BY trial_system_attribute_id;
                 SELECT trial_id, step, intermediate_value, intermediate_value_type FROM trial_intermediate_values
                 WHERE trial_id IN ({trials}) ORDER BY trial_intermediate_value_id
                 """,
                ReadAll);
        }

        private static (ILookup<long, string>, ILookup<long, (string, string, string)>, ILookup<long, KeyValuePair<string, string>>,
            ILookup<long, KeyValuePair<string, string>>, ILookup<long, (long, string)>) ReadAll(MySqlDataReader reader)
        {
            var values = Rows(reader, row => Number(row, 1));
            reader.NextResult();
            var parameters = Rows(reader, row => (row.Text(1) ?? "", StoredNumber.Json(Value(row, 2), ""), row.Text(3) ?? "null"));
            reader.NextResult();
            var user = Rows(reader, row => KeyValuePair.Create(row.Text(1) ?? "", row.Text(2) ?? "null"));
            reader.NextResult();
            var system = Rows(reader, row => KeyValuePair.Create(row.Text(1) ?? "", row.Text(2) ?? "null"));
            reader.NextResult();
            return (values, parameters, user, system, Rows(reader, row => (row.GetInt64(1), Number(row, 2))));
        }

        public void Write(Utf8JsonWriter json, TrialRow trial)
        {
            json.WriteStartArray();
            json.WriteNumberValue(trial.Id);
            if (trial.Number is { } number) json.WriteNumberValue(number);
            else json.WriteNullValue();
            json.WriteStringValue(trial.State);
            json.WriteStringValue(Iso(trial.Start));
            json.WriteStringValue(Iso(trial.Complete));
            json.WriteStartArray();
            foreach (string value in _values[trial.Id]) json.WriteRawValue(value, skipInputValidation: true);
            json.WriteEndArray();
            json.WriteStartArray();
            foreach (var (name, value, distribution) in _params[trial.Id])
            {
                json.WriteStartArray();
                json.WriteStringValue(name);
                json.WriteRawValue(value, skipInputValidation: true);
                json.WriteStringValue(distribution);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            JsonText.WriteMap(json, _user[trial.Id]);
            JsonText.WriteMap(json, _system[trial.Id]);
            json.WriteStartArray();
            foreach (var (step, value) in _intermediate[trial.Id])
            {
                json.WriteStartArray();
                json.WriteNumberValue(step);
                json.WriteRawValue(value, skipInputValidation: true);
                json.WriteEndArray();
            }

            json.WriteEndArray();
            json.WriteEndArray();
        }

        private static string? Iso(DateTime? time) => time?.ToString("s", CultureInfo.InvariantCulture);

        private static ILookup<long, T> Rows<T>(MySqlDataReader reader, Func<MySqlDataReader, T> row) =>
            reader.Rows(values => (Trial: values.GetInt64(0), Row: row(values))).ToLookup(pair => pair.Trial, pair => pair.Row);

        private static string Number(MySqlDataReader reader, int column) =>
            StoredNumber.Json(Value(reader, column), reader.GetString(column + 1));

        private static double? Value(MySqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDouble(column);
    }
}
