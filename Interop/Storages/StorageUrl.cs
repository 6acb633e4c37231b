using System.Diagnostics.CodeAnalysis;

namespace Hpo.Interop.Storages;

/// <summary>
/// A storage URL in SQLAlchemy's form, such as <c>mysql://user:password@host:3306/database</c>,
/// <c>sqlite:///relative.db</c> or <c>sqlite:////absolute.db</c>. Immutable. Its password appears in
/// <see cref="Original"/> and <see cref="Password"/> only; <see cref="ToString"/> masks it.
/// </summary>
/// <remarks>
/// The grammar is that of <c>sqlalchemy.engine.url.make_url</c>: user and password are percent-decoded, a plus is
/// literal, raw <c>:</c> and <c>/</c> are legal in the password and the first <c>@</c> ends it, the database's name is
/// not decoded. Dialects other than sqlite and mysql are accepted and handed to Optuna as they are.
/// </remarks>
public sealed class StorageUrl : IEquatable<StorageUrl>
{
    /// <summary>The storage that is used where none is named: an SQLite file in the current directory.</summary>
    public const string DefaultUrl = "sqlite:///hpo.db";

    internal StorageUrl(string original, string masked) => (Original, Masked) = (original, masked);

    /// <summary>The URL as it was given, with its password: for Optuna, never for printing.</summary>
    public string Original { get; }

    /// <summary>The URL with its password and secret parameters replaced by <c>***</c>.</summary>
    public string Masked { get; }

    /// <summary>The database's dialect.</summary>
    public StorageDialect Dialect { get; internal init; }

    /// <summary>SQLAlchemy's name of the dialect, for example "mysql" or "postgresql".</summary>
    public string DialectName { get; internal init; } = "";

    /// <summary>SQLAlchemy's driver, for example "pymysql", or null when the URL leaves it to SQLAlchemy.</summary>
    public string? Driver { get; internal init; }

    /// <summary>The user, decoded, or null.</summary>
    public string? User { get; internal init; }

    /// <summary>The password, decoded, or null.</summary>
    public string? Password { get; internal init; }

    /// <summary>The host's name or address (an IPv6 address without its brackets), or null.</summary>
    public string? Host { get; internal init; }

    /// <summary>The port, 1 … 65535, or null for the database's own default.</summary>
    public int? Port { get; internal init; }

    /// <summary>The database's name or the SQLite file, as written, or null.</summary>
    public string? Database { get; internal init; }

    /// <summary>The parameters after the question mark, decoded and in order; those without a value are left out.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Query { get; internal init; } = [];

    /// <summary>Whether the URL names an SQLite database in memory, which no other process can see.</summary>
    public bool IsInMemory =>
        Dialect is StorageDialect.Sqlite
        && (string.IsNullOrEmpty(Database) || Database == ":memory:" || Parameter("mode") == "memory"
            || Database.StartsWith("file::memory:", StringComparison.Ordinal));

    /// <summary>The SQLite file's path as written, or null for another database, one in memory, or a file: URI.</summary>
    public string? SqliteFile =>
        Dialect is StorageDialect.Sqlite && !IsInMemory && !Database!.StartsWith("file:", StringComparison.Ordinal)
            ? Database
            : null;

    /// <summary>Where the database is, for messages: "host:port", a socket, or the SQLite file.</summary>
    public string Location => Dialect switch
    {
        StorageDialect.Sqlite => Database ?? "memory",
        StorageDialect.MySql when Parameter("unix_socket") is { } socket => socket,
        StorageDialect.MySql => FormattableString.Invariant($"{BracketedHost()}:{Port ?? 3306}"),
        _ => Port is { } port ? FormattableString.Invariant($"{BracketedHost()}:{port}") : BracketedHost(),
    };

    /// <summary>Parses a storage URL.</summary>
    /// <param name="text">The URL.</param>
    /// <exception cref="StorageUrlException">The text is not a storage URL; the message says why and never holds the
    /// password.</exception>
    public static StorageUrl Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return StorageUrlParser.Parse(text);
    }

    /// <summary>Parses a storage URL without throwing.</summary>
    /// <param name="text">The URL, or null.</param>
    /// <param name="url">The parsed URL, or null when the text is none.</param>
    /// <returns>Whether the text is a storage URL.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, [NotNullWhen(true)] out StorageUrl? url)
    {
        try
        {
            url = text is null ? null : StorageUrlParser.Parse(text);
        }
        catch (StorageUrlException)
        {
            url = null;
        }

        return url is not null;
    }

    /// <summary>
    /// The storage that a program shall use: the one given, else that of the environment variable
    /// <c>OPTUNA_STORAGE</c>, else <see cref="DefaultUrl"/>; a relative SQLite file is made absolute against the current
    /// directory.
    /// </summary>
    /// <param name="given">The URL from a command line, or null.</param>
    /// <exception cref="StorageUrlException">The URL is malformed.</exception>
    public static StorageUrl Resolve(string? given = null)
    {
        string? fromEnvironment = Environment.GetEnvironmentVariable(WorkerEnvironment.StorageVariable);
        string text = given ?? (string.IsNullOrEmpty(fromEnvironment) ? DefaultUrl : fromEnvironment);
        return Parse(text).ToAbsolute(Directory.GetCurrentDirectory());
    }

    /// <summary>Masks the passwords and secret parameters of all URLs in a text, for logs and messages.</summary>
    /// <param name="text">Any text.</param>
    public static string MaskAll(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return StorageUrlMask.ApplyToText(text);
    }

    /// <summary>The same storage with a relative SQLite file made absolute; other URLs are returned as they are.</summary>
    /// <param name="directory">The absolute directory that a relative file is meant in.</param>
    public StorageUrl ToAbsolute(string directory)
    {
        ArgumentNullException.ThrowIfNull(directory);
        if (SqliteFile is not { } file || Path.IsPathRooted(file)) return this;
        string absolute = Path.GetFullPath(file, directory).Replace('\\', '/');
        int path = Original.IndexOf(":///", StringComparison.Ordinal) + ":///".Length;
        return Parse(string.Concat(Original.AsSpan(0, path), absolute, Original.AsSpan(path + file.Length)));
    }

    /// <summary>A parameter's value, or null when the URL lacks it; the last one where it is repeated.</summary>
    /// <param name="name">The parameter's name, case-sensitive.</param>
    public string? Parameter(string name) => Query.LastOrDefault(parameter => parameter.Key == name).Value;

    /// <inheritdoc/>
    public bool Equals(StorageUrl? other) => other is not null && other.Original == Original;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as StorageUrl);

    /// <inheritdoc/>
    public override int GetHashCode() => Original.GetHashCode(StringComparison.Ordinal);

    /// <summary>The URL with its secrets masked: <see cref="Masked"/>.</summary>
    public override string ToString() => Masked;

    private string BracketedHost() =>
        Host is null ? "localhost" : Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;
}
