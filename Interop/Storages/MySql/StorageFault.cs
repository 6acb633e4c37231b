using MySqlConnector;

namespace Hpo.Interop.Storages.MySql;

/// <summary>A call that the database did not answer as it should; none of its changes stand unless told.</summary>
internal sealed class StorageFault : Exception
{
    /// <param name="error">What the driver threw.</param>
    /// <param name="text">It in words.</param>
    /// <param name="isTransient">Whether the same call may succeed when it is made again.</param>
    public StorageFault(Exception error, string text, bool isTransient)
        : base(text, error)
    {
        Code = error is MySqlException server ? server.Number : 0;
        IsTransient = isTransient;
    }

    /// <summary>A change that was refused before it was sent, or that the server was told to refuse.</summary>
    public StorageFault(string text)
        : base(text)
    {
    }

    /// <summary>The server's number, or 0 where the connection broke or the fault is not the server's.</summary>
    public int Code { get; }

    /// <summary>Whether the same call may succeed when it is made again.</summary>
    public bool IsTransient { get; }

    /// <summary>The key of a row whose transaction may have been committed, although the answer was lost; 0 for none.</summary>
    public long Pending { get; init; }
}
