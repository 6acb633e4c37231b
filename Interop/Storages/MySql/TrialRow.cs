using MySqlConnector;

namespace Hpo.Interop.Storages.MySql;

/// <summary>A row of the table trials.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Number">Its number in the study; null only in tables that something else than Optuna has written.</param>
/// <param name="State">As Optuna names it.</param>
/// <param name="Start">When it began, as it was written; null where it has not.</param>
/// <param name="Complete">When it ended, as it was written; null where it has not.</param>
internal readonly record struct TrialRow(long Id, long? Number, string State, DateTime? Start, DateTime? Complete)
{
    public const string Columns = "trial_id, number, state, datetime_start, datetime_complete";

    public const int ColumnCount = 5;

    private static readonly int[] InOrder = [0, 1, 2, 3, 4];

    public bool IsFinished => State is not ("RUNNING" or "WAITING");

    public static TrialRow Read(MySqlDataReader reader) => Read(reader, InOrder);

    /// <param name="reader">The row.</param>
    /// <param name="places">Where it has <see cref="Columns"/>.</param>
    public static TrialRow Read(MySqlDataReader reader, ReadOnlySpan<int> places) => new(
        reader.GetInt64(places[0]),
        reader.IsDBNull(places[1]) ? null : reader.GetInt64(places[1]),
        reader.GetString(places[2]),
        Time(reader, places[3]),
        Time(reader, places[4]));

    private static DateTime? Time(MySqlDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDateTime(column);
}
