using System.Globalization;
using System.Text.Json;

namespace Hpo.Interop.Tables;

/// <summary>
/// What a person changes in a study, as Optuna and its dashboard would. Each is one transaction, which begins with the lock that Optuna's
/// workers wait for when they make a trial.
/// </summary>
internal static class StudyEdits
{
    public const int LongestName = 512;

    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.ffffff";

    private static readonly string[] TablesOfTrials =
    [
        "trial_user_attributes", "trial_system_attributes", "trial_params", "trial_values", "trial_intermediate_values", "trial_heartbeats",
    ];

    private static readonly string[] TablesOfStudies = ["trials", "study_directions", "study_user_attributes", "study_system_attributes", "studies"];

    /// <summary>Saves a note on a study, or on one of its trials.</summary>
    /// <param name="session">A session for writing.</param>
    /// <param name="study">The study's name.</param>
    /// <param name="trial">The trial's number; null for the study.</param>
    /// <param name="version">One more than the note's that was edited.</param>
    /// <param name="body">Its Markdown.</param>
    /// <exception cref="EditRefusedException">There is no such study or trial, or the note was changed meanwhile.</exception>
    public static void SaveNote(TableSession session, string study, int? trial, long version, string body)
    {
        long key = Lock(session, study);
        var keys = new StudyNoteKeys(trial is { } number ? TrialOf(session, key, number).Id : null);
        Dictionary<string, string> known = session.Rows(
            row => row.Attribute(0, 1), "SELECT `key`, value_json FROM study_system_attributes WHERE study_id = @study", ("study", key)).ToDictionary();
        long before = PythonJson.TryParse(known.GetValueOrDefault(keys.Version), out object? value) && value is long saved ? saved : 0;
        if (version != before + 1) throw new EditRefusedException("The note was changed meanwhile: reload the page, and edit what is there now.", isConflict: true);
        SetAttribute(session, key, keys.Version, version.ToString(CultureInfo.InvariantCulture));
        string[] chunks = StudyNoteKeys.Split(body);
        for (int i = 0; i < chunks.Length || known.ContainsKey(keys.Chunk(i)); i++)
            SetAttribute(session, key, keys.Chunk(i), JsonSerializer.Serialize(i < chunks.Length ? chunks[i] : ""));
        session.Execute("COMMIT");
    }

    /// <summary>Enqueues a trial.</summary>
    /// <param name="session">A session for writing.</param>
    /// <param name="study">The study's name.</param>
    /// <param name="parameters">Some or all of its parameters; the rest are sampled.</param>
    /// <returns>The trial's number.</returns>
    /// <exception cref="EditRefusedException">There is no such study.</exception>
    public static long Enqueue(TableSession session, string study, OrderedDictionary<string, object?> parameters)
    {
        long key = Lock(session, study);
        session.Execute("INSERT INTO trials (study_id, state) VALUES (@study, 'WAITING')", ("study", key));
        long id = session.Key($"SELECT {session.Sql.LastKey}")!.Value;
        long number = session.Key("SELECT COUNT(*) FROM trials WHERE study_id = @study AND trial_id < @id", ("study", key), ("id", id))!.Value;
        session.Execute(
            "UPDATE trials SET number = @number WHERE trial_id = @id; " +
            "INSERT INTO trial_system_attributes (trial_id, `key`, value_json) VALUES (@id, 'fixed_params', @json)",
            ("number", number), ("id", id), ("json", PythonJson.Write(parameters)));
        session.Execute("COMMIT");
        return number;
    }

    /// <summary>Fails a running trial. Its worker learns of it when it next writes.</summary>
    /// <exception cref="EditRefusedException">There is no such trial, or it does not run.</exception>
    public static void Fail(TableSession session, string study, int trial, DateTime now)
    {
        long id = LockRunning(session, Lock(session, study), trial, "failed");
        session.Execute(
            "UPDATE trials SET state = 'FAIL', datetime_complete = @now WHERE trial_id = @id",
            ("id", id), ("now", now.ToString(TimeFormat, CultureInfo.InvariantCulture)));
        session.Execute("COMMIT");
    }

    /// <summary>Completes a running trial with values that a person gives.</summary>
    /// <exception cref="EditRefusedException">There is no such trial, or it does not run, or the values are not one for each objective.</exception>
    public static void Complete(TableSession session, string study, int trial, IReadOnlyList<double> values, DateTime now)
    {
        long key = Lock(session, study);
        long id = LockRunning(session, key, trial, "completed");
        int objectives = CountObjectives(session, key);
        if (values.Count != objectives || values.Any(double.IsNaN))
            throw new EditRefusedException($"A trial of this study has {objectives} {(objectives == 1 ? "value" : "values")}, each of them a number.", isConflict: true);
        Complete(session, id, values, now);
        session.Execute("COMMIT");
    }

    /// <summary>Fills in the form that was registered for a study's trials: what is given becomes user attributes of a running one.</summary>
    /// <param name="session">A session for writing.</param>
    /// <param name="study">The study's name.</param>
    /// <param name="trial">The trial's number.</param>
    /// <param name="given">A number or a text for each field, by the field's key.</param>
    /// <exception cref="EditRefusedException">There is no such trial, or it does not run, or the form asks for something else.</exception>
    public static void FillIn(TableSession session, string study, int trial, IReadOnlyDictionary<string, JsonElement> given)
    {
        long key = Lock(session, study);
        long id = LockRunning(session, key, trial, "given attributes");
        RegisteredForm form = RegisteredForm.Of(TrialConverter.Attributes(StoredStudy.Read(session, key)!.SystemAttributes))
            ?? throw new EditRefusedException("No form for user attributes is registered for the study.", isConflict: true);
        foreach ((string name, object? value) in form.Attributes(given))
            Set(session, "trial_user_attributes", "trial_id", id, name, PythonJson.WriteAscii(value));
        session.Execute("COMMIT");
    }

    /// <summary>Creates a study.</summary>
    /// <exception cref="EditRefusedException">The name is taken, or is none.</exception>
    public static void Create(TableSession session, string name, IReadOnlyList<StudyDirection> directions)
    {
        session.Execute(session.Sql.Begin);
        RequireFree(session, name);
        session.Execute("INSERT INTO studies (study_name) VALUES (@name)", ("name", name));
        long key = session.Key($"SELECT {session.Sql.LastKey}")!.Value;
        for (int objective = 0; objective < directions.Count; objective++)
        {
            session.Execute(
                "INSERT INTO study_directions (direction, study_id, objective) VALUES (@direction, @study, @objective)",
                ("direction", directions[objective] is StudyDirection.Maximize ? "MAXIMIZE" : "MINIMIZE"), ("study", key), ("objective", objective));
        }
        session.Execute("COMMIT");
    }

    /// <summary>Renames a study. Workers go on: they know it by its key.</summary>
    /// <exception cref="EditRefusedException">There is no such study, or the name is taken, or is none.</exception>
    public static void Rename(TableSession session, string study, string name)
    {
        long key = Lock(session, study);
        RequireFree(session, name);
        session.Execute("UPDATE studies SET study_name = @name WHERE study_id = @study", ("name", name), ("study", key));
        session.Execute("COMMIT");
    }

    /// <summary>Deletes a study with all its trials.</summary>
    /// <exception cref="EditRefusedException">There is no such study, or a trial of it runs.</exception>
    public static void Delete(TableSession session, string study)
    {
        long key = Lock(session, study);
        if (session.Key("SELECT COUNT(*) FROM trials WHERE study_id = @study AND state = 'RUNNING'", ("study", key)) is > 0 and var running)
            throw new EditRefusedException($"{running} of its trials run: end their workers, or fail the trials first.", isConflict: true);
        foreach (string table in TablesOfTrials)
            session.Execute($"DELETE FROM {table} WHERE trial_id IN (SELECT trial_id FROM trials WHERE study_id = @study)", ("study", key));
        foreach (string table in TablesOfStudies) session.Execute($"DELETE FROM {table} WHERE study_id = @study", ("study", key));
        session.Execute("COMMIT");
    }

    /// <summary>Begins a transaction for a study, and gives its key.</summary>
    /// <exception cref="EditRefusedException">There is no such study.</exception>
    internal static long Lock(TableSession session, string study)
    {
        session.Execute(session.Sql.Begin);
        return session.Key($"SELECT study_id FROM studies WHERE {session.Sql.IsName("study_name", "@study")}{session.Sql.Lock}", ("study", study))
            ?? throw new EditRefusedException($"There is no study '{study}'.");
    }

    /// <summary>Sets a system attribute of a study, within a transaction.</summary>
    internal static void SetAttribute(TableSession session, long study, string name, string json) => Set(session, "study_system_attributes", "study_id", study, name, json);

    internal static int CountObjectives(TableSession session, long study) =>
        (int)session.Key("SELECT COUNT(*) FROM study_directions WHERE study_id = @study", ("study", study))!.Value;

    /// <summary>Completes a trial that runs, within a transaction.</summary>
    /// <param name="session">A session for writing.</param>
    /// <param name="trial">The trial's key.</param>
    /// <param name="values">One value for each objective.</param>
    /// <param name="now">The time, as the tables hold it.</param>
    internal static void Complete(TableSession session, long trial, IReadOnlyList<double> values, DateTime now)
    {
        for (int objective = 0; objective < values.Count; objective++)
        {
            (object? value, string type) = StoredNumber.Store(values[objective]);
            session.Execute(
                "INSERT INTO trial_values (trial_id, objective, value, value_type) VALUES (@id, @objective, @value, @type)",
                ("id", trial), ("objective", objective), ("value", value), ("type", type));
        }
        session.Execute(
            "UPDATE trials SET state = 'COMPLETE', datetime_complete = @now WHERE trial_id = @id",
            ("id", trial), ("now", now.ToString(TimeFormat, CultureInfo.InvariantCulture)));
    }

    private static void Set(TableSession session, string table, string column, long owner, string name, string json)
    {
        if (session.Execute($"UPDATE {table} SET value_json = @json WHERE {column} = @owner AND `key` = @key", ("owner", owner), ("key", name), ("json", json)) > 0) return;
        session.Execute($"INSERT INTO {table} ({column}, `key`, value_json) VALUES (@owner, @key, @json)", ("owner", owner), ("key", name), ("json", json));
    }

    private static long LockRunning(TableSession session, long study, int trial, string done)
    {
        (long id, _) = TrialOf(session, study, trial);
        // Waits for a worker that is just ending the trial: a result that was stored stays.
        string? state = session.Scalar($"SELECT state FROM trials WHERE trial_id = @id{session.Sql.Lock}", ("id", id)) as string;
        return state == TrialState.Running.Name() ? id : throw new EditRefusedException($"Trial {trial} is {state}: only a running one can be {done}.", isConflict: true);
    }

    /// <exception cref="EditRefusedException">There is no such trial.</exception>
    internal static (long Id, string State) TrialOf(TableSession session, long study, int number)
    {
        List<(long, string)> found = session.Rows(
            row => (row.GetInt64(0), row.GetString(1)),
            "SELECT trial_id, state FROM trials WHERE study_id = @study AND number = @number", ("study", study), ("number", number));
        return found is [var trial] ? trial : throw new EditRefusedException($"The study has no trial {number}.");
    }

    private static void RequireFree(TableSession session, string name)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Length > LongestName || name.Any(char.IsControl))
            throw new EditRefusedException($"A study's name has 1 to {LongestName} letters, and no control characters.", isConflict: true);
        if (StoredStudy.Find(session, name) is not null) throw new EditRefusedException($"There is a study '{name}' already.", isConflict: true);
    }
}
