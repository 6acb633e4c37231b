using Microsoft.Data.Sqlite;

namespace Hpo.Interop.Tables.Sqlite;

/// <summary>What SQLite's errors mean for a program that shares a file with others.</summary>
internal static class SqliteErrors
{
    private const int GeneralError = 1;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int InputOutput = 10;
    private const int CannotOpen = 14;
    private const int LockProtocol = 15;

    // Others hold the file; or the file system fails, which one on a network does for a while. Not among them: a file that
    // may not be written (8), a full disk (13), and one that is damaged (11) or no database (26).
    private static readonly int[] Transient = [Busy, Locked, LockProtocol, InputOutput, CannotOpen];

    /// <summary>Whether a retry of the same call may succeed.</summary>
    public static bool IsTransient(SqliteException error) => Transient.Contains(error.SqliteErrorCode);

    /// <summary>Whether the file, or Optuna's tables in it, are not there.</summary>
    public static bool IsMissing(SqliteException error, string file) =>
        (error.SqliteErrorCode is CannotOpen && !File.Exists(file))
        || HasNoTable(error);

    /// <summary>One sentence for a person.</summary>
    public static string Describe(SqliteException error, string file) => HasNoTable(error)
        ? $"The SQLite file {Path.GetFullPath(file)} holds no studies of Optuna: {Reason(error)}. Check the storage's URL."
        : FormattableString.Invariant(
            $"The SQLite file {Path.GetFullPath(file)} cannot be used: {Reason(error)} (error {error.SqliteErrorCode})");

    private static bool HasNoTable(SqliteException error) =>
        error.SqliteErrorCode is GeneralError && error.Message.Contains("no such table", StringComparison.Ordinal);

    // The driver puts SQLite's own words between quotes.
    private static string Reason(SqliteException error)
    {
        int first = error.Message.IndexOf('\''), last = error.Message.LastIndexOf('\'');
        return last > first + 1 ? error.Message[(first + 1)..last] : error.Message;
    }
}
