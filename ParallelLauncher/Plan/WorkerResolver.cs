using Hpo.Interop;

namespace Hpo.ParallelLauncher.Plan;

/// <summary>Finds out what the word on the command line means: an executable, a .dll, a .csproj, a .py, or a command.</summary>
/// <param name="currentDirectory">Where relative paths start.</param>
/// <param name="launcherDirectory">Where the launcher's own executable is: other programs are installed beside it.</param>
/// <param name="findPython">Gives the Python that has Optuna, or throws <see cref="PythonNotFoundException"/>.</param>
internal sealed class WorkerResolver(string currentDirectory, string launcherDirectory, Func<string> findPython)
{
    public WorkerCommand? Resolve(string word, Action<PlanFault> addFault)
    {
        if (string.IsNullOrWhiteSpace(word))
        {
            addFault(new("The worker is missing: name an executable, a .dll, a .csproj, a .py, or a command on PATH; or go on with an earlier run: --resume"));
            return null;
        }

        return HasFolder(word) || Path.GetExtension(word) is ".dll" or ".csproj" or ".py"
            ? ResolvePath(word, addFault)
            : ResolveName(word, addFault);
    }

    private static bool HasFolder(string word) =>
        word.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
        || word.Contains(Path.AltDirectorySeparatorChar, StringComparison.Ordinal);

    private WorkerCommand? ResolvePath(string word, Action<PlanFault> addFault)
    {
        string path = Path.GetFullPath(word, currentDirectory);
        if (File.Exists(path)) return FromFile(path, path, addFault);
        if (LocalCandidates(path).FirstOrDefault(File.Exists) is { } local) return FromFile(local, local, addFault);
        addFault(new(Directory.Exists(path)
            ? $"The worker {word} is a folder without a {Path.GetFileName(path)}.csproj in it ({path})."
            : $"The worker {word} was not found: there is no file {path}."));
        return null;
    }

    private WorkerCommand? ResolveName(string name, Action<PlanFault> addFault)
    {
        string local = Path.Combine(currentDirectory, name);
        string? here = SearchPath.ProgramIn(currentDirectory, name) ?? LocalCandidates(local).FirstOrDefault(File.Exists);
        if ((SearchPath.FindAll(name).FirstOrDefault() ?? SearchPath.ProgramIn(launcherDirectory, name)) is { } installed)
        {
            return FromFile(installed, installed, addFault) is not { } command ? null : command with
            {
                Ambiguity = here is not null && here != installed
                    ? "./" + Path.GetRelativePath(currentDirectory, here)
                    : null,
            };
        }

        if (here is not null) return FromFile(here, here, addFault);
        if (File.Exists(local)) return FromFile(local, local, addFault);
        addFault(new($"The worker {name} was not found: it is no command on PATH, no program beside the launcher " +
                     $"({launcherDirectory}), and in {currentDirectory} there is no {name}, {name}.csproj, " +
                     $"{name}/{name}.csproj, {name}.dll or {name}.py."));
        return null;
    }

    private static string[] LocalCandidates(string path) =>
        [path + ".csproj", Path.Combine(path, Path.GetFileName(path) + ".csproj"), path + ".dll", path + ".py"];

    private WorkerCommand? FromFile(string path, string origin, Action<PlanFault> addFault)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        switch (Path.GetExtension(path))
        {
            case ".dll":
                return Dotnet(addFault) is not { } host ? null : new WorkerCommand
                {
                    Program = host,
                    LeadingArguments = [path],
                    Origin = origin,
                    Name = name,
                };
            case ".csproj":
                return Dotnet(addFault) is not { } sdk ? null : new WorkerCommand
                {
                    Program = sdk,
                    Origin = origin,
                    Name = name,
                    Project = path,
                };
            case ".py":
                try
                {
                    return new WorkerCommand
                    {
                        Program = findPython(),
                        LeadingArguments = [path],
                        Origin = origin,
                        Name = name,
                        IsPythonScript = true,
                    };
                }
                catch (PythonNotFoundException error)
                {
                    addFault(new(error.Message, WorkerExitCode.Environment));
                    return null;
                }
            default:
                if (SearchPath.IsProgram(path)) return new WorkerCommand { Program = path, Origin = origin, Name = name };
                addFault(new($"The worker {path} is not executable. Make it so: chmod +x {path}"));
                return null;
        }
    }

    private static string? Dotnet(Action<PlanFault> addFault)
    {
        if (SearchPath.FindAll("dotnet").FirstOrDefault() is { } dotnet) return dotnet;
        addFault(new("A .dll or .csproj worker needs the dotnet command, which is not on PATH.", WorkerExitCode.Environment));
        return null;
    }
}
