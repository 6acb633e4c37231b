namespace Hpo.Interop.Storages;

/// <summary>Whose code works on the tables of a storage. Both may share a study.</summary>
public enum StorageEngine
{
    /// <summary>This library's where it has one for the dialect: <see cref="MySqlStorage"/>; Optuna's elsewhere.</summary>
    Native,

    /// <summary>Optuna's: <see cref="RdbStorage"/>.</summary>
    Optuna,
}
