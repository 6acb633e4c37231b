namespace Hpo.NativeTrainer.Tables;

/// <summary>How a table's file is read; what is not given is inferred.</summary>
internal sealed record TableReadOptions
{
    /// <summary>What parts the fields of a line; null to infer comma, semicolon, tab or bar.</summary>
    public char? Separator { get; init; }

    /// <summary>What parts a number's fraction: a point or a comma; null to infer.</summary>
    public char? Decimal { get; init; }

    /// <summary>Columns that are not read.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>Columns whose kind is known, by name: those of the command line, or all of a saved model's.</summary>
    public IReadOnlyDictionary<string, ColumnKind> Kinds { get; init; } = new Dictionary<string, ColumnKind>();

    /// <summary>Whether only the columns of <see cref="Kinds"/> are read; those of them that the file lacks are no error.</summary>
    public bool OnlyKnown { get; init; }
}
