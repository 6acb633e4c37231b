using Hpo.Interop;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Backends;

/// <summary>Finds the backends: every class of this program that is one.</summary>
internal static class ClusterBackends
{
    /// <summary>All, by name.</summary>
    public static IReadOnlyList<IClusterBackend> All { get; } =
    [
        .. typeof(ClusterBackends).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IClusterBackend))
                && type.GetConstructor(Type.EmptyTypes) is not null)
            .Select(type => (IClusterBackend)Activator.CreateInstance(type)!)
            .OrderBy(backend => backend.Name, StringComparer.Ordinal),
    ];

    /// <summary>Their names, and that of this machine.</summary>
    public static string Names { get; } = string.Join(", ", [LaunchRequest.LocalBackend, .. All.Select(backend => backend.Name)]);

    /// <summary>Those that have an option of this key.</summary>
    public static IEnumerable<IClusterBackend> With(string key) => All.Where(backend => backend.Options.Any(option => option.Key == key));

    /// <summary>The backend of a name, or null for this machine and for a name that is none.</summary>
    public static IClusterBackend? TryFind(string name) => All.FirstOrDefault(backend => backend.Name == name);

    /// <summary>The backend of a name, or null for this machine.</summary>
    /// <exception cref="LaunchException">There is none.</exception>
    public static IClusterBackend? Find(string name) => name == LaunchRequest.LocalBackend ? null
        : TryFind(name) ?? throw new LaunchException($"--backend {name}: it is one of {Names}.", WorkerExitCode.Usage);
}
