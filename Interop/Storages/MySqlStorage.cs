using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Storages;

/// <summary>
/// Keeps studies in MySQL or MariaDB, on the same tables as <see cref="RdbStorage"/> and in a fraction of its time: the
/// statements are this library's own, over MySqlConnector. Workers with either storage may share a study. Needs no Python
/// driver of MySQL.
/// </summary>
/// <param name="Url">An SQLAlchemy URL of MySQL, e.g. <c>mysql://user:password@host/database</c>; a driver named in it
/// (<c>mysql+pymysql</c>) means nothing here.</param>
public sealed record MySqlStorage(string Url) : Storage
{
    /// <summary>Whether tables of another revision than those of Optuna 3.0 and later are accepted. Default false.</summary>
    public bool SkipCompatibilityCheck { get; init; }

    /// <inheritdoc cref="RdbStorage.HeartbeatInterval"/>
    public TimeSpan? HeartbeatInterval { get; init; }

    /// <inheritdoc cref="RdbStorage.GracePeriod"/>
    public TimeSpan? GracePeriod { get; init; }

    /// <inheritdoc cref="RdbStorage.FailedTrialCallback"/>
    public RetryFailedTrialCallback? FailedTrialCallback { get; init; }

    /// <inheritdoc cref="RdbStorage.FailedTrialAction"/>
    public Action<Study, FrozenTrial>? FailedTrialAction { get; init; }

    /// <summary>The options with the URL's password masked.</summary>
    public override string ToString() =>
        $"{nameof(MySqlStorage)} {{ Url = {(StorageUrl.TryParse(Url, out StorageUrl? url) ? url.Masked : "***")} }}";

    internal override PythonValue Open(GlueLibrary glue)
    {
        // Before Python is asked: a wrong URL is the caller's mistake.
        StorageUrl url = MySqlStorageFunctions.MySqlUrl(Url);
        var arguments = new OrderedDictionary<string, PythonValue>();
        if (SkipCompatibilityCheck) arguments.Add("skip_compatibility_check", true);
        new Heartbeat(HeartbeatInterval, GracePeriod).AddTo(arguments);
        PythonHandle functions = glue.Bridge.CreateCallback(_ => MySqlStorageFunctions.Create(glue.Bridge, url));
        return glue.Components.Call(
            "mysql_storage",
            functions,
            arguments,
            FailedTrialCallback?.ToPython() ?? PythonValue.None,
            Heartbeat.OnFailedTrial(glue, FailedTrialAction));
    }
}
