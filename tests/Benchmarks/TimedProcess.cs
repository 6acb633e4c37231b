using System.Diagnostics;
using Hpo.Interop;

namespace Hpo.Benchmarks;

/// <summary>Runs a program to its end and takes the time from its start, its own start-up included.</summary>
internal static class TimedProcess
{
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <param name="variables">Environment variables that it gets besides this process's own.</param>
    /// <exception cref="BenchmarkException">It ended with another exit code than 0.</exception>
    public static async Task<(string Output, TimeSpan Elapsed)> RunAsync(
        string program,
        IReadOnlyList<string> arguments,
        CancellationToken cancellation,
        IReadOnlyDictionary<string, string>? variables = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach ((string name, string value) in variables ?? new Dictionary<string, string>())
            start.Environment[name] = value;
        long begin = TimeProvider.System.GetTimestamp();
        using Process process = Process.Start(start)!;
        try
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
            Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
            await process.WaitForExitAsync(cancellation);
            TimeSpan elapsed = TimeProvider.System.GetElapsedTime(begin);
            if (process.ExitCode != 0)
                throw new BenchmarkException(
                    $"{program} ended with exit code {process.ExitCode}: {(await error).Trim()}", WorkerExitCode.Failure);

            return (await output, elapsed);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
