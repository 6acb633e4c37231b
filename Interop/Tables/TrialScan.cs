using System.Data.Common;
using System.Globalization;

namespace Hpo.Interop.Tables;

/// <summary>How a study's newest trials are found.</summary>
internal class TrialScan
{
    /// <summary>By SELECT, which every database knows.</summary>
    public static readonly TrialScan Select = new();

    /// <summary>Statements that find trials of a study.</summary>
    /// <param name="study">The study's key.</param>
    /// <param name="first">The key from which on all are wanted.</param>
    /// <param name="others">The keys of others that are wanted.</param>
    public virtual string Text(long study, long first, IReadOnlyList<long> others)
    {
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"SELECT {TrialHeader.Columns} FROM trials WHERE study_id = {study} AND trial_id >= {first}");
        return others.Count == 0
            ? text
            : $"{text} UNION ALL SELECT {TrialHeader.Columns} FROM trials WHERE trial_id IN ({Statements.List(others)})";
    }

    /// <summary>The rows of the reader's current result; null where it is one of another statement.</summary>
    public virtual List<TrialHeader>? Headers(DbDataReader reader) =>
        reader.FieldCount == TrialHeader.ColumnCount ? reader.Rows(TrialHeader.Read) : null;
}
