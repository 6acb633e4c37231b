namespace Hpo.ParallelLauncher.Kubernetes;

/// <summary>How a run's Job is called.</summary>
internal static class JobName
{
    // <name>-<index>-<5 characters> is the name of a pod, and <name>-<index> its host's: 63 with an index of five digits.
    private const int Longest = 51;

    private const string Prefix = "hpo-";

    /// <summary>The name for a run: what a host may be called, and the end of the run's name in any case, which is random.</summary>
    public static string Of(string run)
    {
        string allowed = string.Concat(run.Select(letter => char.IsAsciiLetterOrDigit(letter) ? char.ToLowerInvariant(letter) : '-'));
        return Prefix + allowed[Math.Max(0, allowed.Length - (Longest - Prefix.Length))..].Trim('-');
    }

    /// <summary>Whether a word may be the name of a run's Job.</summary>
    public static bool IsOne(string word) => word.StartsWith(Prefix, StringComparison.Ordinal);

    /// <summary>A name for the run of a Job, from which <see cref="Of"/> makes the Job's again.</summary>
    public static string RunOf(string job) => job[Prefix.Length..];
}
