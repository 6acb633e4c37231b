namespace Hpo.Benchmarks;

/// <summary>A benchmark could not be run.</summary>
internal sealed class BenchmarkException(string message, int exitCode) : Exception(message)
{
    public int ExitCode { get; } = exitCode;
}
