using MySqlConnector;

namespace Hpo.Interop.Tables.MySql;

/// <summary>The end of a transaction whose row has a key already, so that a retry after a lost answer finds it.</summary>
internal static class Transactions
{
    /// <param name="session">The session with the open transaction.</param>
    /// <param name="tables">Where it belongs.</param>
    /// <param name="key">The key of the row that the transaction makes.</param>
    /// <param name="changes">What shares the round trip, or null.</param>
    /// <param name="statements">What else belongs to it, each statement with its semicolon.</param>
    /// <param name="values">The statements' parameters.</param>
    /// <exception cref="TableException">Whether it was committed is unknown: the row of this key is there now, or never will be.</exception>
    public static void Commit(
        this MySqlSession session, MySqlTables tables, long key, ChangeQuery? changes, string statements,
        params ReadOnlySpan<(string Name, object? Value)> values)
    {
        try
        {
            if (session.IsPrepared) session.ExecutePrepared(TrialScripts.Commit, changes, statements, values);
            else session.Execute(changes, statements + TrialScripts.Commit.Text, values);
        }
        catch (Exception error) when (MySqlErrors.IsDatabaseError(error) && !(error is MySqlException server && MySqlErrors.IsRolledBack(server)))
        {
            throw tables.Failure(error, isLost: !session.IsOpen, key);
        }
    }
}
