using Hpo.Interop.Storages;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Backends;

/// <summary>What is wrong with a request whose workers run on other machines, or with one that asks for what only these have.</summary>
internal static class ClusterFaults
{
    private static readonly string[] NetworkFileSystems = ["nfs", "lustre", "gpfs", "beegfs", "ceph", "cifs", "smb", "gluster", "orangefs", "panfs", "9p", "afs"];

    public static IEnumerable<PlanFault> Of(LaunchRequest request, StorageUrl? storage)
    {
        if (request.Backend == LaunchRequest.LocalBackend) return OnThisMachine(request);
        return ClusterBackends.TryFind(request.Backend) is { } backend
            ? OnCluster(request, backend, storage)
            : [new($"--backend {request.Backend}: it is one of {ClusterBackends.Names}.")];
    }

    private static IEnumerable<PlanFault> OnThisMachine(LaunchRequest request)
    {
        foreach (string key in request.Settings.Keys) yield return new($"--{key} is for a cluster: add {string.Join(" or ", ClusterBackends.With(key).Select(backend => $"--backend {backend.Name}"))}.");
        if (request.Detach) yield return new("--detach is for a cluster, whose engine keeps the workers: add --backend. Here, start the launcher with nohup or in tmux.");
        if (request.Resubmit) yield return new("--resubmit is for a cluster's time limits: add --backend.");
    }

    private static IEnumerable<PlanFault> OnCluster(LaunchRequest request, IClusterBackend backend, StorageUrl? storage)
    {
        foreach (string key in request.Settings.Keys.Where(key => backend.Options.All(option => option.Key != key)))
            yield return new($"--{key}: the backend {backend.Name} has no such option.");
        if (request.Pin) yield return new($"--pin is for this machine; {backend.Name} binds its tasks itself (--cpus).");
        if (request.Gpus is not null) yield return new($"--gpus is for this machine; ask {backend.Name} for them: --gpus-per-worker 1.");
        if (request.HeartbeatSeconds == 0)
            yield return new("--heartbeat 0: on a cluster only heartbeats tell that a host is gone; without them its trials stay RUNNING for ever.");
        if (storage is not null && Unreachable(storage) is { } reason)
        {
            yield return new($"The storage {storage.Masked} means nothing on another host: {reason} " +
                             "Name the database's host as the cluster's hosts know it: mysql://user:password@host/database");
        }
    }

    private static string? Unreachable(StorageUrl storage)
    {
        if (storage.Parameter("unix_socket") is { } socket) return $"the socket {socket} is this machine's.";
        if (storage.Dialect is StorageDialect.Sqlite)
        {
            return storage.SqliteFile is { } file && IsShared(file) ? null : "an SQLite file outside of a folder that hosts share is this machine's.";
        }

        return storage.Host switch
        {
            null or "" => "it names no host.",
            { } host when host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.StartsWith("127.", StringComparison.Ordinal)
                || host is "::1" or "0.0.0.0" or "::" => $"{host} is each host itself.",
            _ => null,
        };
    }

    private static bool IsShared(string file)
    {
        try
        {
            string format = new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(file))!).DriveFormat;
            return NetworkFileSystems.Any(name => format.Contains(name, StringComparison.OrdinalIgnoreCase));
        }
        catch (Exception error) when (FileErrors.Is(error) || error is ArgumentException)
        {
            return false;
        }
    }
}
