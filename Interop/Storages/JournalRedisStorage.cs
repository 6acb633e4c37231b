using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Storages;

/// <summary>
/// Keeps studies in a Redis server, over the Python package <c>redis</c>. Optuna's <c>JournalStorage</c> with its Redis
/// backend.
/// </summary>
/// <param name="Url">The server, e.g. <c>redis://user:password@host:6379/0</c>.</param>
public sealed record JournalRedisStorage(string Url) : Storage
{
    /// <summary>Whether the server is a cluster, of which Optuna uses one node. Default false.</summary>
    public bool UseCluster { get; init; }

    /// <summary>What the names of Optuna's keys begin with. Default empty.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>The options with the URL's password masked.</summary>
    public override string ToString() => $"{nameof(JournalRedisStorage)} {{ Url = {StorageUrlMask.ApplyToText(Url)} }}";

    internal override PythonValue Open(GlueLibrary glue) => glue.Storages.Call(
        "journal_redis_storage",
        new OrderedDictionary<string, PythonValue> { ["url"] = Url, ["use_cluster"] = UseCluster, ["prefix"] = Prefix });
}
