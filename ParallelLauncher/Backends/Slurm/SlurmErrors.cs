using Hpo.Interop;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Backends.Slurm;

/// <summary>What Slurm's commands say, and what helps.</summary>
internal static class SlurmErrors
{
    private static readonly (string Words, string Remedy)[] Remedies =
    [
        ("invalid partition", "sinfo lists the partitions: --partition"),
        ("More processors requested", "Ask for fewer with --cpus; sinfo --Node --long shows what a node has."),
        ("Memory specification", "Ask for less with --memory; sinfo --Node --long shows what a node has."),
        ("Invalid --mem", "Slurm writes 4G or 500M: --memory"),
        ("Requested time limit", "sinfo shows each partition's limit: --time"),
        ("Invalid --time", "Slurm writes 90 (minutes), 1:30:00 or 2-12:00:00: --time"),
        ("generic resource", "sinfo --format='%N %G' shows which nodes have GPUs: --gpus-per-worker, --partition"),
        ("feature specification", "sinfo --format='%N %f' lists the features: --backend-arg"),
        ("job array specification", "The cluster allows fewer tasks in an array (scontrol show config: MaxArraySize): --num_parallel, --max-running"),
        ("Invalid qos", "sacctmgr show qos lists them: --qos"),
        ("account or account/partition", "sacctmgr show associations user=$USER lists yours: --account, --partition"),
        ("SubmitJobLimit", "Your account may not have so many jobs at a time: --num_parallel, or wait for others to end."),
        ("node configuration is not available", "No node has all of it together: --cpus, --memory, --gpus-per-worker, --partition"),
    ];

    // What passes by itself; everything else is a refusal.
    private static readonly string[] Transient =
    [
        "Unable to contact slurm controller", "Socket timed out", "Connection refused", "Connection timed out", "Zero Bytes were transmitted",
        "Resource temporarily unavailable", "Slurm temporarily unable", "Protocol authentication error", "Transport endpoint is not connected",
    ];

    /// <summary>The command's own words, in one line.</summary>
    public static string Words(SlurmAnswer answer)
    {
        string[] lines = [.. answer.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        return lines.Length == 0 ? FormattableString.Invariant($"{answer.Command} ended with exit code {answer.ExitCode}.") : string.Join("; ", lines);
    }

    public static bool IsTransient(SlurmAnswer answer) => Transient.Any(words => answer.Errors.Contains(words, StringComparison.OrdinalIgnoreCase));

    public static LaunchException Refusal(SlurmAnswer answer)
    {
        string words = Words(answer);
        if (IsTransient(answer)) return new LaunchException($"Slurm does not answer: {words}", WorkerExitCode.Environment);
        string? remedy = Remedies.FirstOrDefault(known => words.Contains(known.Words, StringComparison.OrdinalIgnoreCase)).Remedy;
        return new LaunchException($"Slurm refuses the job: {words}{(remedy is null ? "" : $"{(words.EndsWith('.') ? "" : ".")} {remedy}")}", WorkerExitCode.Usage);
    }
}
