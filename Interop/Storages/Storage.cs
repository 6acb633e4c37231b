using System.Diagnostics.CodeAnalysis;
using Hpo.Interop.Engine;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Storages;

/// <summary>
/// Where studies are kept. Studies that are given the same object share one storage. A URL stands for the storage that
/// <see cref="FromUrl(string)"/> gives.
/// </summary>
public abstract record Storage
{
    private protected Storage()
    {
    }

    /// <inheritdoc cref="FromUrl(string)"/>
    [return: NotNullIfNotNull(nameof(url))]
    public static implicit operator Storage?(string? url) => url is null ? null : FromUrl(url);

    /// <summary>
    /// The storage at an SQLAlchemy URL, with default options: a <see cref="MySqlStorage"/> for MySQL and MariaDB, an
    /// <see cref="RdbStorage"/> for others. The variable <see cref="WorkerEnvironment.StorageEngineVariable"/>, which a
    /// launcher sets with <c>--storage-engine optuna</c>, makes it an <see cref="RdbStorage"/> in any case.
    /// </summary>
    /// <param name="url">The URL.</param>
    /// <exception cref="FormatException">The URL is malformed, or the variable holds neither native nor optuna.</exception>
    public static Storage FromUrl(string url) => FromUrl(url, WorkerEnvironment.ReadStorageEngine(Environment.GetEnvironmentVariable));

    /// <summary>The storage at an SQLAlchemy URL, worked on by one of the engines.</summary>
    /// <param name="url">The URL.</param>
    /// <param name="engine">Whose code it is.</param>
    /// <exception cref="FormatException">The URL is malformed.</exception>
    public static Storage FromUrl(string url, StorageEngine engine) =>
        engine is StorageEngine.Native && StorageUrl.Parse(url).Dialect is StorageDialect.MySql
            ? new MySqlStorage(url)
            : new RdbStorage(url);

    /// <summary>Makes the Python storage.</summary>
    internal abstract PythonValue Open(GlueLibrary glue);
}
