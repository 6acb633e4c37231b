using Hpo.Interop;
using Hpo.Tests;

namespace Hpo.Benchmarks;

/// <summary>What the benchmarks run of the clone that they were built in.</summary>
internal static class Clone
{
    /// <summary>One of the scripts.</summary>
    public static string Script(string name) => Path.Combine(SourceTree.Root, "scripts", name);

    /// <summary>One of the programs as scripts/setup publishes them, which is how users run them.</summary>
    /// <exception cref="BenchmarkException">It is not there.</exception>
    public static string Program(string name)
    {
        string path = Path.Combine(SourceTree.Root, "dist", name);
        return File.Exists(path) ? path : throw new BenchmarkException($"there is no {path}: run scripts/setup first", WorkerExitCode.Environment);
    }
}
