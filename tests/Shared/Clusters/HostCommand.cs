using System.Diagnostics;

namespace Hpo.Tests;

/// <summary>How a command ended, and what it wrote.</summary>
public sealed record HostCommand(int ExitCode, string Output, string Error)
{
    public static async Task<HostCommand> RunAsync(ProcessStartInfo start)
    {
        start.RedirectStandardOutput = start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new HostCommand(process.ExitCode, await output, await error);
    }

    /// <summary>What it wrote on standard output. Throws where it failed.</summary>
    public string Require() => ExitCode == 0 ? Output : throw new InvalidOperationException($"Exit code {ExitCode}: {Error}{Output}");
}
