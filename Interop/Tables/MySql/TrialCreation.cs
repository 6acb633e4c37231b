using System.Globalization;
using System.Text;
using MySqlConnector;

namespace Hpo.Interop.Tables.MySql;

/// <param name="Outcome">Done, NoStudy or BeyondLimit.</param>
/// <param name="Id">The trial's key.</param>
/// <param name="Number">Its number in the study.</param>
internal readonly record struct NewTrial(TrialChange Outcome, long Id, long Number);

/// <summary>New trials. Their numbers are dense, since the transaction that makes one locks the study's row, as in Optuna.</summary>
internal sealed class TrialCreation(MySqlTables tables)
{
    /// <param name="study">The study's key.</param>
    /// <param name="template">What the trial begins with.</param>
    /// <param name="condition">What must hold when the study's row is held, in SQL; null for nothing.</param>
    /// <param name="pending">The key that an earlier call may have made, or 0.</param>
    /// <param name="changes">What shares the round trip, or null.</param>
    public NewTrial Create(long study, TrialTemplate template, string? condition, long pending, ChangeQuery? changes) =>
        tables.Use(session => pending != 0 && Find(session, study, pending) is { } made
            ? made
            : Create(session, study, template, condition, changes));

    // An earlier transaction that has not ended holds the study's row: afterwards its trial is there, or never will be.
    private static NewTrial? Find(MySqlSession session, long study, long trial) => session.Read<NewTrial?>(
        $"START TRANSACTION; {TrialScripts.Hold}; SELECT trial_id, number FROM trials WHERE trial_id = @trial; COMMIT",
        reader => reader.NextResult() && reader.Read()
            ? new NewTrial(TrialChange.Done, reader.GetInt64(0), reader.GetInt64(1))
            : null,
        ("study", study), ("trial", trial));

    private NewTrial Create(MySqlSession session, long study, TrialTemplate template, string? condition, ChangeQuery? changes)
    {
        bool isPrepared = session.IsPrepared && condition is null;
        string creation = isPrepared ? TrialScripts.Create.Execution
            : condition is null ? TrialScripts.Create.Text
            : $"START TRANSACTION; {TrialScripts.Hold}; {TrialScripts.Insert} AND {condition}; {TrialScripts.Inserted}";
        NewTrial made = session.Read(
            creation,
            reader =>
            {
                bool exists = !isPrepared && reader.Read();
                if (!isPrepared) reader.NextResult();
                return reader.Read()
                    ? new NewTrial(TrialChange.Done, reader.GetInt64(0), reader.GetInt64(1))
                    : new NewTrial(exists ? TrialChange.BeyondLimit : TrialChange.NoStudy, 0, 0);
            },
            ("study", study), ("state", template.State.Name()), ("start", template.Start), ("complete", template.Complete));
        if (made.Outcome is not TrialChange.Done)
        {
            session.Execute("ROLLBACK");
            return made;
        }

        changes?.Pass(made.Id, made.Number);
        var rows = new Rows(session, made.Id);
        foreach (var (value, objective) in template.Values.Select((value, objective) => (value, objective)))
        {
            var (number, type) = StoredNumber.Store(value);
            rows.Add("trial_values (trial_id, objective, value, value_type)", objective, number, type);
        }

        foreach (var (name, value, distribution) in template.Params)
            rows.Add("trial_params (trial_id, param_name, param_value, distribution_json)", name, StoredNumber.Finite(value), distribution);
        foreach (var (key, json) in template.UserAttributes)
            rows.Add("trial_user_attributes (trial_id, `key`, value_json)", key, json);
        foreach (var (key, json) in template.SystemAttributes)
            rows.Add("trial_system_attributes (trial_id, `key`, value_json)", key, json);
        foreach (var (step, value) in template.IntermediateValues)
        {
            var (number, type) = StoredNumber.Store(value);
            rows.Add(
                "trial_intermediate_values (trial_id, step, intermediate_value, intermediate_value_type)", step, number, type);
        }

        try
        {
            session.Commit(tables, made.Id, changes, rows.Statements, rows.Values);
        }
        catch (TableException fault) when (fault.Code == (int)MySqlErrorCode.DuplicateKeyEntry)
        {
            throw new TableException(
                $"The trial was not made: the table takes two names of its parameters or attributes for one ({fault.InnerException!.Message}). " +
                "Use other names, or let the tables tell them apart with the collation utf8mb4_bin.");
        }

        return made;
    }

    /// <summary>Collects the rows of a new trial, to be sent with the transaction's end; earlier where one packet cannot hold them.</summary>
    private sealed class Rows(MySqlSession session, long trial)
    {
        // What a character takes at most, twice over: the statements' own text is left room.
        private const int BytesPerCharacter = 6;

        private readonly StringBuilder _statements = new();
        private readonly List<(string, object?)> _values = [("trial", trial)];
        private long _characters;

        public string Statements => _statements.ToString();

        public ReadOnlySpan<(string Name, object? Value)> Values => _values.ToArray();

        public void Add(string table, params ReadOnlySpan<object?> values)
        {
            long characters = table.Length;
            foreach (object? value in values) characters += value is string text ? text.Length : 32;
            if ((_characters + characters) * BytesPerCharacter > session.PacketLimit) Send();
            _characters += characters;
            _statements.Append(CultureInfo.InvariantCulture, $"INSERT INTO {table} VALUES (@trial");
            foreach (object? value in values)
            {
                string name = string.Create(CultureInfo.InvariantCulture, $"p{_values.Count}");
                _statements.Append(CultureInfo.InvariantCulture, $", @{name}");
                _values.Add((name, value));
            }

            _statements.Append(");");
        }

        private void Send()
        {
            if (_characters == 0) return;
            session.Execute(Statements, Values);
            _statements.Clear();
            _values.RemoveRange(1, _values.Count - 1);
            _characters = 0;
        }
    }
}
