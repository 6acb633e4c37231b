namespace Hpo.Interop.Storages;

/// <summary>The databases that a storage URL can name.</summary>
public enum StorageDialect
{
    /// <summary>An SQLite file, or an SQLite database in memory.</summary>
    Sqlite,

    /// <summary>MySQL or MariaDB.</summary>
    MySql,

    /// <summary>Any other SQLAlchemy dialect, handed to Optuna untouched.</summary>
    Other,
}
