namespace Hpo.Interop.Tables;

/// <summary>What differs from one database to the next in statements that are otherwise the same.</summary>
internal sealed record SqlDialect
{
    /// <summary>Begins a transaction that will write.</summary>
    public required string Begin { get; init; }

    /// <summary>What a SELECT that locks its rows ends with.</summary>
    public required string Lock { get; init; }

    /// <summary>The seconds since the heartbeat <c>h.heartbeat</c>, in the database's own time.</summary>
    public required string HeartbeatAge { get; init; }

    /// <summary>The key that the last INSERT made.</summary>
    public required string LastKey { get; init; }

    /// <summary>Whether a column holds a name, letter by letter, as Optuna compares names.</summary>
    public required Func<string, string, string> IsName { get; init; }

    /// <summary>Whether a new row may get the key of one that was deleted.</summary>
    public bool ReusesKeys { get; init; }
}
