using System.Data.Common;

namespace Hpo.Interop.Tables;

/// <summary>A row of the table trials.</summary>
/// <param name="Id">Its key.</param>
/// <param name="Number">Its number in the study; null only in tables that another program than Optuna has written.</param>
/// <param name="State">Its state.</param>
/// <param name="Start">When it began, as it was written; null where it has not.</param>
/// <param name="Complete">When it ended, as it was written; null where it has not.</param>
internal readonly record struct TrialHeader(long Id, long? Number, TrialState State, DateTime? Start, DateTime? Complete)
{
    public const string Columns = "trial_id, number, state, datetime_start, datetime_complete";

    public const int ColumnCount = 5;

    private static readonly int[] InOrder = [0, 1, 2, 3, 4];

    public static TrialHeader Read(DbDataReader reader) => Read(reader, InOrder);

    /// <param name="reader">The row.</param>
    /// <param name="ordinals">Where it has <see cref="Columns"/>.</param>
    public static TrialHeader Read(DbDataReader reader, ReadOnlySpan<int> ordinals) => new(
        reader.GetInt64(ordinals[0]),
        reader.IsDBNull(ordinals[1]) ? null : reader.GetInt64(ordinals[1]),
        TrialStates.Parse(reader.GetString(ordinals[2])),
        Time(reader, ordinals[3]),
        Time(reader, ordinals[4]));

    private static DateTime? Time(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetDateTime(column);
}
