using System.Net.Sockets;
using System.Security.Authentication;
using Hpo.Interop.Storages;
using MySqlConnector;

namespace Hpo.Interop.Tables.MySql;

/// <summary>
/// What the errors of a MySQL or MariaDB server, and of the connection to it, mean for a program that shares a study. This
/// is the list of error numbers that may be retried in C#; for RDBStorage hpo_glue/retry.py has the same numbers.
/// </summary>
internal static class MySqlErrors
{
    // The driver gives these no number of the server's: its own limit of time for a statement …
    private const int CommandTimeout = (int)MySqlErrorCode.CommandTimeoutExpired;

    // … and, with no number at all, a Unix socket that is not there: a server that restarts makes it anew.
    private const string NoSocket = "Cannot find Unix Socket";

    // The whole transaction was rolled back: snapshot conflict, lock timeout, deadlock.
    private static readonly int[] RolledBack = [1020, 1205, 1213];

    // The server takes no statement now, or has ended this session: too many connections (1040, 1203, 1226), cluster not
    // ready (1047), shutting down (1053), aborted (1152, 1317, 1927), network (1158 to 1161, 1184), read-only during a
    // failover (1290, 1792, 1836), idle for too long (4031); and the client's own: not reached, gone, lost (1042, 2002,
    // 2003, 2006, 2013, 2055).
    private static readonly int[] Unavailable =
    [
        1040, 1042, 1047, 1053, 1152, 1158, 1159, 1160, 1161, 1184, 1203, 1226, 1290, 1317, 1792, 1836, 1927, 2002, 2003, 2006,
        2013, 2055, 4031,
    ];

    /// <summary>
    /// Whether an exception says that the database, or the connection to it, failed. The driver lets the socket's own
    /// exceptions through where it writes to a connection that is gone, so that <see cref="MySqlException"/> is not the only
    /// one.
    /// </summary>
    /// <param name="error">What a call of the database threw.</param>
    public static bool IsDatabaseError(Exception error) =>
        error is MySqlException or MySqlProtocolException || IsConnectionLost(error);

    /// <summary>
    /// Whether a retry of the same call may succeed: the connection was lost or refused in whatever form, the
    /// server rolled the transaction back because of others (deadlock, lock timeout, snapshot conflict), or it is
    /// shutting down, full or not ready.
    /// </summary>
    /// <param name="error">What a call of the database threw.</param>
    public static bool IsTransient(Exception error)
    {
        if (IsTlsFailure(error)) return false;
        return error is MySqlException server
            && (IsRolledBack(server) || IsUnreachable(server) || server.Number is CommandTimeout || Unavailable.Contains(server.Number))
            || IsConnectionLost(error);
    }

    /// <summary>Whether the connection broke, so that it is unknown whether the last statement was executed.</summary>
    /// <param name="error">What a call of the database threw.</param>
    public static bool IsConnectionLost(Exception error) => error switch
    {
        // A certificate's file that is not there is a wrong setting, no lost connection.
        FileNotFoundException or DirectoryNotFoundException => false,
        SocketException or IOException or MySqlProtocolException => true,
        // The driver closes a connection whose answer it could not read; its objects are disposed then.
        ObjectDisposedException disposed => disposed.ObjectName.Contains("Sock", StringComparison.Ordinal)
            || disposed.ObjectName.Contains("Stream", StringComparison.Ordinal),
        MySqlException { InnerException: { } inner } => IsConnectionLost(inner),
        AggregateException { InnerException: { } inner } => IsConnectionLost(inner),
        _ => false,
    };

    /// <summary>Whether the server rolled the whole transaction back, so that it can be retried at once: snapshot conflict
    /// (1020), lock timeout (1205), deadlock (1213).</summary>
    /// <param name="error">The server's error.</param>
    public static bool IsRolledBack(MySqlException error) => RolledBack.Contains(error.Number);

    /// <summary>Whether the server refused the user (1044, 1045, 1698), which no retry fixes.</summary>
    /// <param name="error">The server's error.</param>
    public static bool IsAccessDenied(MySqlException error) => error.Number is 1044 or 1045 or 1698;

    /// <summary>Whether the database does not exist (1049) and has to be created.</summary>
    /// <param name="error">The server's error.</param>
    public static bool IsUnknownDatabase(MySqlException error) => error.Number is 1049;

    /// <summary>Whether no server answered (1042, or no Unix socket): nothing listens there, or the name is unknown.</summary>
    /// <param name="error">The server's error.</param>
    public static bool IsUnreachable(MySqlException error) =>
        (error.Number is 1042 && !IsTlsFailure(error)) || IsSocketMissing(error);

    /// <summary>One sentence for a person: what failed, where, and the remedy. It never holds the password.</summary>
    /// <param name="error">What a call of the database threw.</param>
    /// <param name="url">The storage that was to be used.</param>
    public static string Describe(Exception error, StorageUrl url)
    {
        string user = url.User ?? Environment.UserName;
        if (IsTlsFailure(error)) return DescribeTls(error, url);
        if (error is not MySqlException server)
            return StorageUrl.MaskAll($"The connection to the server at {url.Location} was lost: {error.Message}");
        return server.Number switch
        {
            1698 => $"The server at {url.Location} lets the user '{user}' in through its Unix socket only (error 1698). " +
                    "Use a user with a password, or name the socket in the URL: ?unix_socket=/run/mysqld/mysqld.sock",
            1045 => $"The server at {url.Location} refused the user '{user}': wrong user or password (error 1045). " +
                    "Correct the storage URL; special characters in a password are percent-encoded (@ is %40).",
            1044 => $"The user '{user}' may not use the database '{url.Database}' on {url.Location} (error 1044). " +
                    $"Let an administrator run: GRANT ALL ON `{url.Database}`.* TO '{user}'@'%'",
            1049 => $"The database '{url.Database}' does not exist on {url.Location} (error 1049). " +
                    $"Create it: CREATE DATABASE `{url.Database}` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
            1146 => StorageUrl.MaskAll($"The database '{url.Database}' on {url.Location} holds no studies of Optuna: {error.Message} " +
                    "(error 1146). Check the storage's URL."),
            1142 or 1143 or 1370 => StorageUrl.MaskAll(
                $"The user '{user}' lacks a right on the database '{url.Database}' on {url.Location}: {error.Message} (error " +
                $"{server.Number}). Let an administrator run: GRANT ALL ON `{url.Database}`.* TO '{user}'@'%'"),
            _ when IsSocketMissing(server) => $"No MySQL or MariaDB server has a Unix socket at {url.Location}. Check the path, or " +
                    "start the server.",
            1042 => $"No MySQL or MariaDB server answers at {url.Location}. Check host and port, or start one: " +
                    "scripts/start-mysql prints the URL of a private server.",
            1040 => $"The server at {url.Location} has too many connections (error 1040). Each worker needs two: start " +
                    "fewer workers, or raise max_connections.",
            1153 => $"A value is larger than the server at {url.Location} takes in one packet (error 1153). Store large data as " +
                    "an artifact, or raise max_allowed_packet.",
            1406 => StorageUrl.MaskAll($"A value does not fit into its column on {url.Location}: {error.Message} (error 1406). A " +
                    "name has 512 characters at most, an attribute or a parameter's choices 65,535 bytes of JSON."),
            0 => StorageUrl.MaskAll($"The connection to the server at {url.Location} was lost: {error.Message}"),
            _ => StorageUrl.MaskAll($"The server at {url.Location} failed: {error.Message} (error {server.Number})"),
        };
    }

    private static bool IsSocketMissing(MySqlException error) =>
        error.Number is 0 && error.Message.StartsWith(NoSocket, StringComparison.Ordinal);

    // A certificate that does not fit comes as an inner exception of error 1042, as if no server had answered.
    private static bool IsTlsFailure(Exception? error) => error switch
    {
        null => false,
        AuthenticationException => true,
        FileNotFoundException or DirectoryNotFoundException => true,
        _ => IsTlsFailure(error.InnerException),
    };

    private static string DescribeTls(Exception error, StorageUrl url)
    {
        Exception cause = error;
        while (cause.InnerException is { } inner) cause = inner;
        return StorageUrl.MaskAll(
            $"The server at {url.Location} answers, but TLS with it fails: {cause.Message} Check ssl_ca, ssl_cert, ssl_key and " +
            "ssl_verify_identity in the storage URL: the server's certificate has to be signed by ssl_ca, be valid today, and " +
            "with ssl_verify_identity name the host of the URL.");
    }
}
