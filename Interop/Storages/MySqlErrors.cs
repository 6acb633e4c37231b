using MySqlConnector;

namespace Hpo.Interop.Storages;

/// <summary>What the errors of a MySQL or MariaDB server mean for a program that shares a study.</summary>
public static class MySqlErrors
{
    /// <summary>Whether the same statement may succeed when it is tried again: deadlock (1213), lock timeout (1205),
    /// snapshot conflict (1020), too many connections (1040), lost or refused connection (1042, 2006, 2013).</summary>
    /// <param name="error">The server's error.</param>
    public static bool IsRetryable(MySqlException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Number is 1020 or 1040 or 1042 or 1205 or 1213 or 2006 or 2013;
    }

    /// <summary>Whether the server refused the user (1044, 1045, 1698), which no repetition mends.</summary>
    /// <param name="error">The server's error.</param>
    public static bool IsAccessDenied(MySqlException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Number is 1044 or 1045 or 1698;
    }

    /// <summary>Whether the database does not exist (1049) and has to be created.</summary>
    /// <param name="error">The server's error.</param>
    public static bool IsUnknownDatabase(MySqlException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Number is 1049;
    }

    /// <summary>Whether no server answered (1042): nothing listens there, or the name is unknown.</summary>
    /// <param name="error">The server's error.</param>
    public static bool IsUnreachable(MySqlException error)
    {
        ArgumentNullException.ThrowIfNull(error);
        return error.Number is 1042;
    }

    /// <summary>One sentence for a person: what failed, where, and the remedy. It never holds the password.</summary>
    /// <param name="error">The server's error.</param>
    /// <param name="url">The storage that was to be used.</param>
    public static string Describe(MySqlException error, StorageUrl url)
    {
        ArgumentNullException.ThrowIfNull(error);
        ArgumentNullException.ThrowIfNull(url);
        string user = url.User ?? Environment.UserName;
        return error.Number switch
        {
            1698 => $"The server at {url.Location} lets the user '{user}' in through its Unix socket only (error 1698). " +
                    "Use a user with a password, or name the socket in the URL: ?unix_socket=/run/mysqld/mysqld.sock",
            1045 => $"The server at {url.Location} refused the user '{user}': wrong user or password (error 1045). " +
                    "Mend the storage URL; special characters in a password are percent-encoded (@ is %40).",
            1044 => $"The user '{user}' may not use the database '{url.Database}' on {url.Location} (error 1044). " +
                    $"Let an administrator run: GRANT ALL ON `{url.Database}`.* TO '{user}'@'%'",
            1049 => $"The database '{url.Database}' does not exist on {url.Location} (error 1049). " +
                    $"Create it: CREATE DATABASE `{url.Database}` CHARACTER SET utf8mb4",
            1042 => $"No MySQL or MariaDB server answers at {url.Location}. Check host and port, or start one: " +
                    "scripts/start-mysql prints the URL of a private server.",
            1040 => $"The server at {url.Location} has too many connections (error 1040). Each worker needs two: start " +
                    "fewer workers, or raise max_connections.",
            _ => StorageUrl.MaskAll($"The server at {url.Location} failed: {error.Message} (error {error.Number})"),
        };
    }
}
