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

    /// <summary>The options of an option's texts.</summary>
    /// <param name="separator">One character, or <c>tab</c>; null to infer.</param>
    /// <param name="fraction">A point or a comma; null to infer.</param>
    /// <exception cref="ArgumentException">It is none of these.</exception>
    public static TableReadOptions Of(string? separator, string? fraction) => new()
    {
        Separator = separator switch
        {
            null => null,
            "tab" => '\t',
            { Length: 1 } one => one[0],
            _ => throw new ArgumentException($"The separator is one character, or 'tab', and not '{separator}'.", nameof(separator)),
        },
        Decimal = fraction switch
        {
            null => null,
            "." or "," => fraction[0],
            _ => throw new ArgumentException($"A number's fraction is parted by . or , and not by '{fraction}'.", nameof(fraction)),
        },
    };
}
