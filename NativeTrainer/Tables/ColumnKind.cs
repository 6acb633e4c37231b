namespace Hpo.NativeTrainer.Tables;

/// <summary>What a column of a table holds.</summary>
internal enum ColumnKind
{
    /// <summary>A quantity.</summary>
    Number,

    /// <summary>One of two values.</summary>
    Boolean,

    /// <summary>One of several values without an order.</summary>
    Category,

    /// <summary>A day, or a point in time.</summary>
    Date,

    /// <summary>Words in a natural language.</summary>
    Text,
}
