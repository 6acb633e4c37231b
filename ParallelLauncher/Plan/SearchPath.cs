namespace Hpo.ParallelLauncher.Plan;

/// <summary>Finds programs as the operating system does.</summary>
internal static class SearchPath
{
    /// <summary>All programs of that name on PATH, the first one first.</summary>
    public static IEnumerable<string> FindAll(string name) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
        .Select(folder => ProgramIn(folder, name))
        .OfType<string>();

    /// <summary>The program of that name in a folder, or null.</summary>
    public static string? ProgramIn(string folder, string name)
    {
        string path = Path.GetFullPath(Path.Combine(folder, name));
        if (IsProgram(path)) return path;
        return OperatingSystem.IsWindows() && File.Exists(path + ".exe") ? path + ".exe" : null;
    }

    /// <summary>Whether a file may be executed.</summary>
    public static bool IsProgram(string path)
    {
        if (!File.Exists(path)) return false;
        if (OperatingSystem.IsWindows()) return Path.GetExtension(path) is ".exe" or ".com" or ".cmd" or ".bat";
        const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        return (File.GetUnixFileMode(path) & Executable) != 0;
    }
}
