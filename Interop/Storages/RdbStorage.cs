using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Storages;

/// <summary>
/// Keeps studies in a relational database, which several processes and machines may share. Optuna's <c>RDBStorage</c>.
/// </summary>
/// <param name="Url">An SQLAlchemy URL, e.g. <c>sqlite:///studies.db</c> or <c>mysql://user:password@host/database</c>.</param>
public sealed record RdbStorage(string Url) : DatabaseStorage(Url)
{
    private const int SqliteLockWaitSeconds = 60;

    /// <summary>
    /// Arguments of SQLAlchemy's <c>create_engine</c> by name. Empty (the default) leaves them to Optuna, except that
    /// SQLite then waits up to 60 s for another worker's lock instead of failing after 5.
    /// </summary>
    public IReadOnlyDictionary<string, object?> EngineKwargs { get; init; } = new Dictionary<string, object?>();

    /// <summary>Whether the tables must be there already, e.g. for a user who may not create any. Default false.</summary>
    public bool SkipTableCreation { get; init; }

    /// <summary>The version of the database's schema, e.g. <c>v3.0.0.d</c>. Optuna's <c>get_current_version</c>.</summary>
    /// <exception cref="StorageException">The database failed.</exception>
    public string GetCurrentVersion() => Versions()[0].AsString();

    /// <summary>The version of the installed Optuna's schema. Optuna's <c>get_head_version</c>.</summary>
    /// <exception cref="StorageException">The database failed.</exception>
    public string GetHeadVersion() => Versions()[1].AsString();

    /// <summary>The versions that the installed Optuna knows, the newest first. Optuna's <c>get_all_versions</c>.</summary>
    /// <exception cref="StorageException">The database failed.</exception>
    public IReadOnlyList<string> GetAllVersions() =>
        Array.ConvertAll(Versions()[2].AsList(), version => version.AsString());

    /// <summary>Brings the schema of an older Optuna up to that of the installed one; needs
    /// <see cref="DatabaseStorage.SkipCompatibilityCheck"/>, since the database cannot be opened otherwise. Optuna's
    /// <c>upgrade</c>.</summary>
    /// <exception cref="StorageException">The database failed.</exception>
    public void Upgrade()
    {
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        glue.Storages.Call("upgrade", StorageHandles.Get(glue, this));
    }

    internal override PythonValue Open(GlueLibrary glue)
    {
        var url = StorageUrl.Parse(Url);
        OrderedDictionary<string, PythonValue> arguments = Arguments();
        if (EngineKwargs.Count > 0) arguments.Add("engine_kwargs", Objects.ToPython(EngineKwargs));
        else if (url.Dialect is StorageDialect.Sqlite) arguments.Add("engine_kwargs", WaitForLock());
        if (SkipTableCreation) arguments.Add("skip_table_creation", true);
        return glue.Components.Call("rdb_storage", Url, arguments, Retry, OnFailedTrial(glue));
    }

    private PythonValue[] Versions()
    {
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        return glue.Storages.Call("versions", StorageHandles.Get(glue, this)).AsList();
    }

    private static PythonValue WaitForLock() => new OrderedDictionary<string, PythonValue>
    {
        ["connect_args"] = new OrderedDictionary<string, PythonValue> { ["timeout"] = SqliteLockWaitSeconds },
    };
}
