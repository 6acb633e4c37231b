namespace Hpo.Interop.Tables;

/// <summary>
/// A call of the database failed, whatever its driver threw: none of its changes was made, unless <see cref="Pending"/>
/// says that one may have been.
/// </summary>
/// <param name="message">What failed, where, and the remedy, for a person. It never holds a password.</param>
/// <param name="isTransient">Whether a retry of the same call may succeed.</param>
/// <param name="cause">What the driver threw; null for what was refused before it was sent, or by a condition of ours.</param>
internal sealed class TableException(string message, bool isTransient = false, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>Whether a retry of the same call may succeed.</summary>
    public bool IsTransient { get; } = isTransient;

    /// <summary>Whether the database, or Optuna's tables in it, are not there.</summary>
    public bool IsMissing { get; init; }

    /// <summary>The server's number, or 0 where the connection broke or the fault is not the server's.</summary>
    public int Code { get; init; }

    /// <summary>The key of a row whose transaction may have been committed, although the answer was lost; 0 for none.</summary>
    public long Pending { get; init; }
}
