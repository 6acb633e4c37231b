using Hpo.Interop.Bridge;

namespace Hpo.Interop;

/// <summary>
/// Finds the Python to embed. In order: the explicit option, the environment variable <c>HPO_PYTHON</c>, an active
/// virtual environment (<c>VIRTUAL_ENV</c>, <c>CONDA_PREFIX</c>), each <c>python3</c> on <c>PATH</c>, the system's.
/// The first that can <c>import optuna</c> wins. One that was named (by the option or by <c>HPO_PYTHON</c>) is the only
/// candidate: falling back from it would silently run another Optuna than the one asked for.
/// </summary>
public static class PythonLocator
{
    /// <summary>The environment variable that names the Python to use.</summary>
    public const string Variable = "HPO_PYTHON";

    /// <summary>Finds the Python to embed.</summary>
    /// <param name="executable">The Python to use, or null to search.</param>
    /// <exception cref="PythonNotFoundException">None can be used; every candidate is listed with the reason.</exception>
    public static PythonInstallation Find(string? executable = null) =>
        Find(executable, Environment.GetEnvironmentVariable);

    internal static PythonInstallation Find(string? executable, Func<string, string?> variable) =>
        Find(executable, variable, OperatingSystem.IsWindows()
            ? []
            : ["/usr/bin/python3", "/usr/local/bin/python3", "/opt/homebrew/bin/python3"]);

    internal static PythonInstallation Find(
        string? executable, Func<string, string?> variable, IReadOnlyList<string> system)
    {
        var refused = new List<PythonCandidate>();
        (string Origin, string Path)[] candidates = [.. Candidates(executable, variable, system)];
        for (int i = 0; i < candidates.Length; i++)
        {
            (string origin, string path) = candidates[i];
            PythonProbe.Result result = PythonProbe.Run(path, import: i < candidates.Length - 1);
            if (result.Installation is { } installation) return installation with { Origin = origin };
            refused.Add(new PythonCandidate(origin, path, result.Refusal));
        }
        throw new PythonNotFoundException(Describe(refused), refused);
    }

    private static IEnumerable<(string Origin, string Path)> Candidates(
        string? executable, Func<string, string?> variable, IReadOnlyList<string> system)
    {
        if (!string.IsNullOrEmpty(executable)) return [("the option", executable)];
        if (variable(Variable) is { Length: > 0 } named) return [(Variable, named)];
        return Discovered(variable, system).DistinctBy(candidate => RealFolder(candidate.Path));
    }

    // /bin is /usr/bin. The file itself is not followed: the link in a virtual environment makes it one.
    private static string RealFolder(string path)
    {
        string folder = Path.GetDirectoryName(path)!;
        FileSystemInfo? target = new DirectoryInfo(folder).ResolveLinkTarget(returnFinalTarget: true);
        return Path.Combine(target?.FullName ?? folder, Path.GetFileName(path));
    }

    private static IEnumerable<(string Origin, string Path)> Discovered(
        Func<string, string?> variable, IReadOnlyList<string> system)
    {
        bool windows = OperatingSystem.IsWindows();
        string inEnvironment = windows ? "Scripts/python.exe" : "bin/python";
        foreach (string environment in new[] { "VIRTUAL_ENV", "CONDA_PREFIX" })
        {
            if (variable(environment) is { Length: > 0 } prefix)
                yield return (environment, Path.Combine(prefix, inEnvironment));
        }
        string[] names = windows ? ["python3.exe", "python.exe"] : ["python3", "python"];
        foreach (string directory in (variable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries))
        {
            string? found = names.Select(name => Path.Combine(directory, name)).FirstOrDefault(File.Exists);
            if (found is not null) yield return ("PATH", found);
        }
        foreach (string path in system.Where(File.Exists)) yield return ("the system", path);
    }

    private static string Describe(List<PythonCandidate> refused)
    {
        const string Remedy =
            "Install Optuna with 'apt-get install python3-optuna libpython3.11' (Debian 12) or " +
            "'python3 -m pip install optuna', or name a Python that has it with HPO_PYTHON=/path/to/python3.";
        if (refused.Count == 0) return $"No Python was found: there is no python3 on PATH. {Remedy}";
        IEnumerable<string> lines = refused.Select(candidate => $"  {candidate.Path} ({candidate.Origin}): {candidate.Refusal}");
        return $"No Python with Optuna was found. Tried:{Environment.NewLine}" +
               $"{string.Join(Environment.NewLine, lines)}{Environment.NewLine}{Remedy}";
    }
}
