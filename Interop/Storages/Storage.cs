using System.Diagnostics.CodeAnalysis;
using Hpo.Interop.Engine;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Storages;

/// <summary>
/// Where studies are kept. Studies that are given the same object share one storage; a URL stands for a
/// <see cref="RdbStorage"/> with default options.
/// </summary>
public abstract record Storage
{
    private protected Storage()
    {
    }

    /// <summary>The storage at an SQLAlchemy URL.</summary>
    /// <exception cref="FormatException">The URL is malformed.</exception>
    [return: NotNullIfNotNull(nameof(url))]
    public static implicit operator Storage?(string? url) => url is null ? null : new RdbStorage(url);

    /// <summary>The storage at an SQLAlchemy URL.</summary>
    /// <exception cref="FormatException">The URL is malformed.</exception>
    public static Storage FromUrl(string url) => new RdbStorage(url);

    /// <summary>The storage at an SQLAlchemy URL, worked on by one of the engines.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="engine">Whose code it is.</param>
    /// <exception cref="FormatException">The URL is malformed.</exception>
    public static Storage FromUrl(string url, StorageEngine engine) =>
        engine is StorageEngine.Native && StorageUrl.Parse(url).Dialect is StorageDialect.MySql ? new MySqlStorage(url) : new RdbStorage(url);

    /// <summary>Makes the Python storage.</summary>
    internal abstract PythonValue Open(GlueLibrary glue);
}
