using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Storages;

/// <summary>
/// Reaches a storage through a proxy, so that many workers share its few connections; over the Python package <c>grpcio</c>.
/// Optuna's <c>GrpcStorageProxy</c>, since 4.2.
/// </summary>
public sealed record GrpcStorageProxy : Storage
{
    private const int DefaultPort = 13000;

    /// <summary>The proxy's host. Default <c>localhost</c>.</summary>
    public string Host { get; init; } = "localhost";

    /// <summary>The proxy's port. Default 13000.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>Serves a storage to proxies, until the process ends. Optuna's <c>run_grpc_proxy_server</c>.</summary>
    /// <param name="storage">The storage.</param>
    /// <param name="host">Where to listen. Default <c>localhost</c>.</param>
    /// <param name="port">Its port. Default 13000.</param>
    /// <exception cref="OptunaFeatureException">The installed Optuna is older than 4.2.</exception>
    public static void RunServer(Storage storage, string host = "localhost", int port = DefaultPort)
    {
        ArgumentNullException.ThrowIfNull(storage);
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        glue.Storages.Call("run_grpc_proxy_server", StorageHandles.Get(glue, storage), host, port);
    }

    /// <summary>The options by name, with numbers in no country's form.</summary>
    public override string ToString() => InvariantText.Of(this, PrintMembers);

    internal override PythonValue Open(GlueLibrary glue) => glue.Components.Call(
        "build",
        "storages",
        "GrpcStorageProxy",
        new OrderedDictionary<string, PythonValue> { ["host"] = Host, ["port"] = Port });
}
