namespace Hpo.Interop.Tables.MySql;

/// <summary>How a server stores values that its columns cannot hold exactly: MySQL and MariaDB differ.</summary>
/// <param name="KeepsSignOfZero">Whether −0.0 stays what it is.</param>
/// <param name="RoundsSeconds">Whether a time's fraction of a second is rounded, and not cut.</param>
internal readonly record struct StoredForms(bool KeepsSignOfZero, bool RoundsSeconds)
{
    /// <summary>Asks the server.</summary>
    public static StoredForms Read(MySqlSession session) => session.Rows(
        row => new StoredForms(row.GetBoolean(0), row.GetBoolean(1)),
        "SELECT CAST(-0e0 AS CHAR) = '-0', CAST('2000-01-01 00:00:00.6' AS DATETIME) = '2000-01-01 00:00:01'")[0];
}
