using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Backends;

/// <summary>
/// A file in a run's folder by which a person stops the run, beside the engine's signals: it tells their stop from one by the engine,
/// and reaches agents where the engine is away.
/// </summary>
internal static class StopFile
{
    /// <summary>Stops a run's agents.</summary>
    /// <exception cref="LaunchException">The file cannot be written.</exception>
    public static void Write(string directory) => FileErrors.Require(directory, () => File.WriteAllText(PathIn(directory), "The run is stopped.\n"));

    /// <summary>Whether somebody has stopped a run.</summary>
    public static bool IsThere(string directory) => File.Exists(PathIn(directory));

    private static string PathIn(string directory) => RunPaths.Existing(directory).StopFile;
}
