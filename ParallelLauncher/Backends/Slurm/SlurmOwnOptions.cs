using Hpo.Interop;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Backends.Slurm;

/// <summary>What of sbatch's is not a user's to set: the launcher finds, stops and follows the run by it.</summary>
internal static class SlurmOwnOptions
{
    private static readonly (string Long, char? Short)[] Own =
    [
        ("job-name", 'J'), ("array", 'a'), ("chdir", 'D'), ("output", 'o'), ("clusters", 'M'), ("wait", 'W'), ("signal", null), ("export", null),
        ("wrap", null), ("parsable", null), ("test-only", null), ("help", 'h'), ("usage", null), ("version", 'V'),
    ];

    /// <exception cref="LaunchException">One of the options is the launcher's, or none.</exception>
    public static void Refuse(IEnumerable<string> given)
    {
        foreach (string option in given)
        {
            if (!option.StartsWith('-') || option.TrimStart('-').Length == 0)
                throw Refusal(option, "sbatch's options are written whole, for example --backend-arg=--constraint=a100.");
            if (OwnName(option) is { } own)
                throw Refusal(option, $"the launcher sets --{own} itself, and would lose the run with another: leave it out.");
        }
    }

    // sbatch takes the beginning of a long name for the whole.
    private static string? OwnName(string option) => option.StartsWith("--", StringComparison.Ordinal)
        ? Own.FirstOrDefault(own => own.Long.StartsWith(option[2..].Split('=')[0], StringComparison.Ordinal)).Long
        : Own.FirstOrDefault(own => own.Short == option[1]).Long;

    private static LaunchException Refusal(string option, string reason) => new($"--backend-arg={option}: {reason}", WorkerExitCode.Usage);
}
