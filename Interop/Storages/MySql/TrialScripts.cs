namespace Hpo.Interop.Storages.MySql;

/// <summary>The changes that a trial's life consists of, as scripts.</summary>
internal static class TrialScripts
{
    /// <summary>What a trial's state is compared with where only unfinished trials may be changed.</summary>
    public const string IsOpen = "state IN ('RUNNING', 'WAITING')";

    /// <summary>Holds the study's row.</summary>
    public const string Hold = "SELECT study_id FROM studies WHERE study_id = @study FOR UPDATE";

    /// <summary>A new trial.</summary>
    public const string Insert =
        $"""
        INSERT INTO trials ({Columns})
        SELECT COALESCE((SELECT {NextNumber}), 0), study_id, @state, @start, @complete FROM studies WHERE study_id = @study
        """;

    /// <summary>The key and the number of the trial that <see cref="Insert"/> has made.</summary>
    public const string Inserted = "SELECT trial_id, number FROM trials WHERE trial_id = LAST_INSERT_ID() AND ROW_COUNT() > 0";

    /// <summary>An unfinished trial becomes a finished one.</summary>
    public const string Finish =
        $"UPDATE trials SET state = @state, datetime_complete = @now WHERE trial_id = @trial AND {IsOpen}";

    /// <summary>The only column of what a block answers where it refuses the change.</summary>
    public const string RefusedColumn = "refused";

    private const string Columns = "number, study_id, state, datetime_start, datetime_complete";

    // It follows that of the study's last trial: counting them all would take longer with each.
    private const string NextNumber = "number + 1 FROM trials WHERE study_id = @study ORDER BY trial_id DESC LIMIT 1";

    /// <summary>Begins a transaction that holds the study's row and makes a trial in it: gives its key and number.</summary>
    public static readonly TrialScript Create = new(
        "create_trial",
        $"START TRANSACTION; {Hold}; {Insert}; {Inserted}",
        $"""
         DECLARE held, next INT; START TRANSACTION;
         {Into("held", Hold)}; {Into("next", $"SELECT {NextNumber}")};
         IF held > 0 THEN
             INSERT INTO trials ({Columns}) VALUES (COALESCE(next, 0), held, @state, @start, @complete) RETURNING trial_id, number;
         END IF
         """);

    /// <summary>Ends such a transaction.</summary>
    public static readonly TrialScript Commit = new("commit_trial", "COMMIT", Answer("COMMIT; SET changed = 1"));

    /// <summary>Ends a trial with one value.</summary>
    public static readonly TrialScript FinishWithValue = new(
        "finish_trial",
        $"START TRANSACTION; {Finish}; {Value(0)}; COMMIT",
        Answer(
            $"""
             START TRANSACTION; {Finish}; SET changed = ROW_COUNT(); {Value(0, "changed")}; COMMIT
             """));

    /// <summary>A parameter, or another value for it.</summary>
    public static readonly TrialScript Param = Upsert("trial_params", "param_name", "param_value", "distribution_json");

    /// <summary>An intermediate value, or another one.</summary>
    public static readonly TrialScript IntermediateValue =
        Upsert("trial_intermediate_values", "step", "intermediate_value", "intermediate_value_type");

    /// <summary>A user attribute, or another value for it.</summary>
    public static readonly TrialScript UserAttribute = Upsert("trial_user_attributes", "`key`", "value_json");

    /// <summary>A system attribute, or another value for it.</summary>
    public static readonly TrialScript SystemAttribute = Upsert("trial_system_attributes", "`key`", "value_json");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<TrialScript> All =
        [Create, Commit, FinishWithValue, Param, IntermediateValue, UserAttribute, SystemAttribute];

    /// <summary>A value of the trial, if rows were changed.</summary>
    /// <param name="objective">Which one.</param>
    /// <param name="changed">The number of rows that were.</param>
    public static string Value(int objective, string changed = "ROW_COUNT()") =>
        $"""
         INSERT INTO trial_values (trial_id, objective, value, value_type)
         SELECT @trial, {objective}, @v{objective}, @y{objective} FROM DUAL WHERE {changed} > 0
         ON DUPLICATE KEY UPDATE value = VALUES(value), value_type = VALUES(value_type)
         """;

    // The query with its only value in a variable of the block.
    private static string Into(string variable, string query) =>
        query.Replace(" FROM", $" INTO {variable} FROM", StringComparison.Ordinal);

    // Gives an unfinished trial a row of a table, or another value to the one it has.
    private static TrialScript Upsert(string table, string key, params string[] columns)
    {
        string text =
            $"""
             INSERT INTO {table} (trial_id, {key}, {string.Join(", ", columns)})
             SELECT trial_id, @key, {string.Join(", ", columns.Select((_, index) => $"@v{index}"))} FROM trials
             WHERE trial_id = @trial AND {IsOpen} LOCK IN SHARE MODE
             ON DUPLICATE KEY UPDATE {string.Join(", ", columns.Select(column => $"{column} = VALUES({column})"))}
             """;
        return new TrialScript($"upsert_{table}", text, Answer($"{text}; SET changed = ROW_COUNT()"));
    }

    // After the change, which sets the variable: the refusal, or the trials of the watched study that are new, or nothing.
    private static string Answer(string change) =>
        $"""
         DECLARE changed INT; {change};
         IF changed = 0 THEN SELECT 1 AS {RefusedColumn};
         ELSEIF @watched > 0 THEN
             IF (SELECT MAX(trial_id) FROM trials WHERE study_id = @watched) > @seen THEN {LookQuery.NewerText}; END IF;
         END IF
         """;
}
