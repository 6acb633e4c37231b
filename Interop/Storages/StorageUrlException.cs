namespace Hpo.Interop.Storages;

/// <summary>
/// A text is not a storage URL that can be used. The message says what is wrong and shows a right URL; it never holds
/// the text itself, which may contain a password.
/// </summary>
public sealed class StorageUrlException : FormatException
{
    /// <summary>Creates the exception.</summary>
    /// <param name="part">The part of the URL that is wrong, for example "port".</param>
    /// <param name="problem">What is wrong with it, without the URL's secrets.</param>
    /// <param name="example">A correct URL of the same dialect.</param>
    public StorageUrlException(string part, string problem, string example)
        : base($"The storage URL is wrong ({part}): {problem} A correct one is {example}")
    {
        Part = part;
        Example = example;
    }

    /// <summary>The part of the URL that is wrong: "scheme", "driver", "host", "port", "database" or "query".</summary>
    public string Part { get; }

    /// <summary>A correct URL of the same dialect.</summary>
    public string Example { get; }
}
