namespace Hpo.Interop.Tables.MySql;

/// <summary>The changes that a trial's life consists of, as scripts.</summary>
internal static class TrialScripts
{
    /// <summary>What a trial's state is compared with where only unfinished trials may be changed.</summary>
    public const string IsOpen = "state IN ('RUNNING', 'WAITING')";

    /// <summary>Locks the study's row.</summary>
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
        $"START TRANSACTION; {Value(0)}; {Finish}; COMMIT",
        Answer($"START TRANSACTION; {Value(0)}; {Finish}; SET changed = ROW_COUNT(); COMMIT"));

    /// <summary>A parameter, or another value for it.</summary>
    public static readonly UpsertScript Param = new("trial_params", "param_name", isName: true, "param_value", "distribution_json");

    /// <summary>An intermediate value, or another one.</summary>
    public static readonly UpsertScript IntermediateValue =
        new("trial_intermediate_values", "step", isName: false, "intermediate_value", "intermediate_value_type");

    /// <summary>A user attribute, or another value for it.</summary>
    public static readonly UpsertScript UserAttribute = new("trial_user_attributes", "`key`", isName: true, "value_json");

    /// <summary>A system attribute, or another value for it.</summary>
    public static readonly UpsertScript SystemAttribute = new("trial_system_attributes", "`key`", isName: true, "value_json");

    /// <summary>All of them.</summary>
    public static readonly IReadOnlyList<TrialScript> All =
        [Create, Commit, FinishWithValue, Param.Script, IntermediateValue.Script, UserAttribute.Script, SystemAttribute.Script];

    /// <summary>
    /// A value of an unfinished trial, whose row is locked from then on. It comes before what finishes the trial, and asks the
    /// row itself: ROW_COUNT() says nothing of an earlier statement whose own answer could not be sent any more, and a
    /// server goes on with a batch whose client is gone.
    /// </summary>
    /// <param name="objective">Which one.</param>
    public static string Value(int objective) =>
        $"""
         INSERT INTO trial_values (trial_id, objective, value, value_type)
         SELECT trial_id, {objective}, @v{objective}, @y{objective} FROM trials WHERE trial_id = @trial AND {IsOpen} FOR UPDATE
         ON DUPLICATE KEY UPDATE value = VALUES(value), value_type = VALUES(value_type)
         """;

    // The query with its only value in a variable of the block.
    private static string Into(string variable, string query) =>
        query.Replace(" FROM", $" INTO {variable} FROM", StringComparison.Ordinal);

    /// <summary>
    /// After the change, which sets the variable: the refusal, or the trials of the watched study that are new, or nothing.
    /// </summary>
    public static string Answer(string change) =>
        $"""
         DECLARE changed INT; {change};
         IF changed = 0 THEN SELECT 1 AS {RefusedColumn};
         ELSEIF @watched > 0 THEN
             IF (SELECT MAX(trial_id) FROM trials WHERE study_id = @watched) > @seen THEN {ChangeQuery.NewerText}; END IF;
         END IF
         """;
}
