using Hpo.Interop.Bridge;

namespace Hpo.Interop;

/// <summary>
/// Lets a worker's Python script, unchanged, keep the worker contract: its studies share the launcher's budget, name this
/// worker as the owner of their trials, send heartbeats, and outlive a restart of the database.
/// </summary>
public static class PythonWorkerScript
{
    /// <summary>Writes the script that runs another one: <c>python RESULT SCRIPT [ARGUMENT…]</c>.</summary>
    /// <param name="folder">A folder of the run's own, which gets the files.</param>
    /// <returns>The written script's path.</returns>
    public static string WriteTo(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        foreach (string file in GlueSource.Files)
        {
            string path = Path.Combine(folder, file);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllBytes(path, GlueSource.Read(file));
        }
        return Path.Combine(folder, "python_worker.py");
    }
}
