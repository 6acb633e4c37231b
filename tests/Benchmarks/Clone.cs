using Hpo.Interop;

namespace Hpo.Benchmarks;

/// <summary>The clone that the benchmarks were built in.</summary>
internal static class Clone
{
    private static string Root
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hpo.sln"))) folder = folder.Parent;
            return folder?.FullName ?? throw new BenchmarkException("the benchmarks do not run below the sources", WorkerExitCode.Environment);
        }
    }

    /// <summary>One of the scripts.</summary>
    public static string Script(string name) => Path.Combine(Root, "scripts", name);

    /// <summary>One of the programs as scripts/setup publishes them, which is how users run them.</summary>
    /// <exception cref="BenchmarkException">It is not there.</exception>
    public static string Program(string name)
    {
        string path = Path.Combine(Root, "dist", name);
        return File.Exists(path) ? path : throw new BenchmarkException($"there is no {path}: run scripts/setup first", WorkerExitCode.Environment);
    }
}
