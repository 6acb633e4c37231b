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
public sealed record MySqlStorage(string Url) : DatabaseStorage(Url)
{
    internal override PythonValue Open(GlueLibrary glue)
    {
        // Before Python is asked: a wrong URL is the caller's mistake.
        StorageUrl url = MySqlStorageFunctions.MySqlUrl(Url);
        PythonHandle functions = glue.Bridge.CreateCallback(_ => MySqlStorageFunctions.Create(glue.Bridge, url));
        return glue.Components.Call("mysql_storage", functions, Arguments(), Retry, OnFailedTrial(glue));
    }
}
