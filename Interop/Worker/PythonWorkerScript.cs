using Hpo.Interop.Bridge;

namespace Hpo.Interop;

/// <summary>
/// Lets a worker's Python script, unchanged, keep the worker contract: its studies share the launcher's budget, mark their
/// trials as this worker's, send heartbeats, and outlive a restart of the database.
/// </summary>
public static class PythonWorkerScript
{
    private const string Module = "hpo_glue.python_worker";

    /// <summary>Writes the script that runs another one: <c>python RESULT SCRIPT [ARGUMENT…]</c>.</summary>
    /// <param name="folder">An existing folder, which gets the files.</param>
    /// <returns>The written script's path.</returns>
    public static string WriteTo(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        Directory.CreateDirectory(Path.Combine(folder, GlueSource.PackageModule));
        foreach (string module in GlueSource.OptunaModules.Append(GlueSource.ErrorsModule))
            File.WriteAllText(Path.Combine(folder, $"{module.Replace('.', Path.DirectorySeparatorChar)}.py"), GlueSource.Read(module));
        File.WriteAllText(Path.Combine(folder, GlueSource.PackageModule, "__init__.py"), GlueSource.Read(GlueSource.PackageModule));
        string script = Path.Combine(folder, "python_worker.py");
        File.WriteAllText(script, GlueSource.Read(Module));
        return script;
    }
}
