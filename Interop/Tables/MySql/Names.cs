namespace Hpo.Interop.Tables.MySql;

/// <summary>
/// Names of parameters, attributes and studies, compared as Optuna compares them: character by character. The collation of
/// a table that another program has made may take different ones for equal (<c>lr</c> and <c>LR</c>, <c>é</c> and <c>e</c>), and most
/// ignore spaces at the end, <c>utf8mb4_bin</c> too.
/// </summary>
internal static class Names
{
    /// <summary>Whether a column holds the name of a parameter, in SQL; the first half is what an index finds.</summary>
    public static string Are(string column, string parameter) => $"{column} = {parameter} AND {Bytes(column)} = {Bytes(parameter)}";

    /// <summary>Whether a column holds another name which the table's unique index takes for the parameter's, in SQL.</summary>
    public static string Clash(string column, string parameter) => $"{column} = {parameter} AND {Bytes(column)} <> {Bytes(parameter)}";

    /// <summary>The message where a name is refused.</summary>
    /// <param name="name">The new name.</param>
    /// <param name="known">The one that the table has.</param>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    public static TableException Refusal(string name, string known, string table, string column) => new(
        $"'{name}' was not stored: the table {table} takes it for '{known}', which is there already. Use another name" +
        (name.TrimEnd(' ') == known.TrimEnd(' ')
            ? "; spaces at the end tell no names apart here."
            : $", or let the table tell them apart: ALTER TABLE {table} MODIFY {column} VARCHAR(512) CHARACTER SET utf8mb4 COLLATE " +
              "utf8mb4_bin"));

    // Of the same character set: a literal has the connection's, a column its own.
    private static string Bytes(string text) => $"CAST(CONVERT({text} USING utf8mb4) AS BINARY)";
}
