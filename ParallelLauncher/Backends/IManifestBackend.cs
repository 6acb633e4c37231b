namespace Hpo.ParallelLauncher.Backends;

/// <summary>A backend whose jobs a person can read and submit without the launcher.</summary>
internal interface IManifestBackend
{
    /// <summary>What would be submitted, for <c>--dry-run</c>. It holds no password and none of the launcher's variables.</summary>
    /// <exception cref="Plan.LaunchException">An option is wrong.</exception>
    string Manifest(ClusterJob job);
}
