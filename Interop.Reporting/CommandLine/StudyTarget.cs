using System.CommandLine;
using Hpo.Interop.Storages;

namespace Hpo.Interop.Reporting.CommandLine;

/// <summary>Which study of which storage: from the command line, else from a launcher, else the defaults.</summary>
internal sealed record StudyTarget(string Name, StorageUrl Url, StorageEngine Engine)
{
    private static readonly string[] Engines = ["native", "optuna"];

    public static Option<string?> StudyOption() => new("--study")
    {
        Description = $"The study's name [default: ${WorkerEnvironment.StudyVariable}, else the objective's name]",
        HelpName = "name",
    };

    public static Option<string?> StorageOption() => new("--storage")
    {
        Description = $"The storage's URL [default: ${WorkerEnvironment.StorageVariable}, else {StorageUrl.DefaultUrl}]",
        HelpName = "url",
    };

    public static Option<string?> EngineOption()
    {
        var option = new Option<string?>("--storage-engine")
        {
            Description = "Whose code works on MySQL's tables: native, or optuna for its RDBStorage " +
                $"[default: ${WorkerEnvironment.StorageEngineVariable}, else native]",
            HelpName = "name",
        };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<string?>() is { } value && !Engines.Contains(value))
                result.AddError($"--storage-engine must be one of {string.Join(", ", Engines)}, not '{value}'.");
        });
        return option;
    }

    /// <exception cref="UserError">The storage's URL is malformed, or names no storage that outlives this process.</exception>
    public static StudyTarget Resolve(string? name, string? storage, string defaultName, string? engine = null)
    {
        try
        {
            WorkerEnvironment worker = Worker();
            var url = StorageUrl.Resolve(storage);
            if (url.IsInMemory)
            {
                throw new UserError(
                    $"--storage: {url.Masked} keeps its studies in the memory of one thread of this process, and they go with it. " +
                    $"Name a file, such as {StorageUrl.DefaultUrl}.");
            }
            return new StudyTarget(
                name ?? worker.StudyName ?? defaultName,
                url,
                engine is null ? worker.StorageEngine : Enum.Parse<StorageEngine>(engine, ignoreCase: true));
        }
        catch (StorageUrlException exception)
        {
            throw new UserError($"--storage: {exception.Message}");
        }
    }

    /// <summary>What a launcher handed to this process.</summary>
    /// <exception cref="UserError">A variable of the worker contract holds nonsense.</exception>
    public static WorkerEnvironment Worker()
    {
        try
        {
            return WorkerEnvironment.Read();
        }
        catch (FormatException exception)
        {
            throw new UserError(exception.Message);
        }
    }

    /// <summary>Refuses a file that is not there: opening it would create it.</summary>
    /// <exception cref="UserError">The storage is an SQLite file that does not exist.</exception>
    public void RequireFile()
    {
        if (Url.SqliteFile is { } file && !File.Exists(file))
            throw new UserError(
                $"There is no storage file {file}. Name the storage with --storage, or run a study in it first.",
                WorkerExitCode.Storage);
    }

    /// <summary>Refuses a file that cannot be created.</summary>
    /// <exception cref="UserError">The storage is an SQLite file in a folder that does not exist, or is a folder itself.</exception>
    public void RequireFolder()
    {
        if (Url.SqliteFile is not { } file) return;
        string folder = Path.GetDirectoryName(Path.GetFullPath(file))!;
        string? problem = Directory.Exists(file) ? $"{file} is a folder. Name a file in it"
            : !Directory.Exists(folder) ? $"There is no folder {folder} for the storage file {file}. Create it"
            : null;
        if (problem is not null) throw new UserError($"{problem}, or name another storage with --storage.", WorkerExitCode.Storage);
    }

    public Storage Open() => Storage.FromUrl(Url.Original, Engine);
}
