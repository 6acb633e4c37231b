namespace Hpo.Interop.Tables.MySql;

/// <summary>
/// Gives an unfinished trial a row of a table, over the parameters @trial, @key, @v0 …, or another value to the one it has.
/// Refused where the table takes the row's name for another one.
/// </summary>
internal sealed class UpsertScript
{
    /// <param name="table">The table.</param>
    /// <param name="key">The column that distinguishes a trial's rows.</param>
    /// <param name="isName">Whether that is a name.</param>
    /// <param name="columns">The others.</param>
    public UpsertScript(string table, string key, bool isName, params string[] columns)
    {
        (Table, Key) = (table, key);
        Clash = $"FROM {table} c WHERE c.trial_id = @trial AND {Names.Clash($"c.{key}", "@key")}";
        string text =
            $"""
             INSERT INTO {table} (trial_id, {key}, {string.Join(", ", columns)})
             SELECT trial_id, @key, {string.Join(", ", columns.Select((_, index) => $"@v{index}"))} FROM trials
             WHERE trial_id = @trial AND {TrialScripts.IsOpen}{(isName ? $" AND NOT EXISTS (SELECT 1 {Clash})" : "")} LOCK IN SHARE MODE
             ON DUPLICATE KEY UPDATE {string.Join(", ", columns.Select(column => $"{column} = VALUES({column})"))}
             """;
        Script = new TrialScript($"upsert_{table}", text, TrialScripts.Answer($"{text}; SET changed = ROW_COUNT()"));
    }

    public string Table { get; }

    public string Key { get; }

    /// <summary>It as a script.</summary>
    public TrialScript Script { get; }

    /// <summary>Finds the conflicting name, in SQL from its FROM on.</summary>
    public string Clash { get; }
}
