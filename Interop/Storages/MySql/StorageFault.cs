using MySqlConnector;

namespace Hpo.Interop.Storages.MySql;

/// <summary>A call that the database did not answer as it should; none of its changes stand unless told.</summary>
internal sealed class StorageFault(Exception error, string text, bool isPassing) : Exception(text, error)
{
    /// <summary>The server's number, or 0 where the connection broke.</summary>
    public int Code { get; } = error is MySqlException server ? server.Number : 0;

    /// <summary>Whether the same call may succeed when it is made again.</summary>
    public bool IsPassing { get; } = isPassing;

    /// <summary>The key of a row whose transaction may have been committed, although the answer was lost; 0 for none.</summary>
    public long Pending { get; init; }
}
