using System.ComponentModel;
using System.Diagnostics;

namespace Hpo.NativeTrainer.Diagnostics;

/// <summary>Which clusters' engines the launcher finds here. None is no failure.</summary>
internal static class ClusterChecks
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static async Task<Check> RunAsync()
    {
        string[] found = [.. (await Task.WhenAll(SlurmAsync(), Task.FromResult(Kubernetes()))).OfType<string>()];
        return new Check("clusters", true, found.Length == 0 ? "none (no sbatch on PATH, no kubeconfig): workers run on this machine" : string.Join("; ", found));
    }

    private static async Task<string?> SlurmAsync()
    {
        try
        {
            (_, string version) = await AskAsync("sbatch", "--version");
            (int exitCode, _) = await AskAsync("sinfo", "--noheader", "--summarize", "--format=%D");
            return (version.Length == 0 ? "Slurm" : version) + (exitCode == 0 ? "" : ", whose controller does not answer") + " (--backend slurm)";
        }
        catch (Win32Exception)
        {
            return null; // it is not installed
        }
        catch (OperationCanceledException)
        {
            return "Slurm, which does not answer (--backend slurm)";
        }
    }

    private static async Task<(int ExitCode, string Output)> AskAsync(string program, params string[] arguments)
    {
        using var limit = new CancellationTokenSource(Limit);
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        string output = await process.StandardOutput.ReadToEndAsync(limit.Token);
        await process.WaitForExitAsync(limit.Token);
        return (process.ExitCode, output.Trim());
    }

    private static string? Kubernetes()
    {
        string file = Environment.GetEnvironmentVariable("KUBECONFIG") is { Length: > 0 } given
            ? given
            : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".kube", "config");
        return File.Exists(file) ? $"Kubernetes by {file} (--backend kubernetes)" : null;
    }
}
