using System.CommandLine;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Display;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Results;
using Hpo.ParallelLauncher.Studies;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>Shows how far a study is and who works on it, from any machine that reaches its storage, and the runs here.</summary>
internal static class StatusCommand
{
    public static Command Create(LaunchConsole console)
    {
        var run = new Argument<string?>("run")
        {
            Description = "Only this run: its name, or the beginning of it; a cluster's job by its name or number. Default: all.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var study = new Option<string?>("--study") { Description = "The study's name. Default: only the runs are shown." };
        var storage = new Option<string?>("--storage") { Description = "The study's storage URL. Default: OPTUNA_STORAGE, else sqlite:///hpo.db." };
        var logDirectory = new Option<string>("--log-dir")
        {
            Description = "Where the runs are.",
            DefaultValueFactory = _ => RunPaths.DefaultLogDirectory,
        };
        var json = new Option<bool>("--json") { Description = "One JSON document on standard output." };
        var command = new Command("status", "Shows how far a study is, and who works on it.") { run, study, storage, logDirectory, json };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            IReadOnlyList<RunRecord> runs = await RunsAsync(
                parsed.GetValue(logDirectory)!, parsed.GetValue(run), parsed.GetValue(study), console, cancellationToken);
            StudyStatus? status = parsed.GetValue(study) is { } name
                ? await ReadAsync(name, parsed.GetValue(storage), cancellationToken)
                : null;
            if (parsed.GetValue(json)) console.Output.WriteLine(StatusRecord.Of(status, runs).ToJson());
            else StatusText.Write(console.Summary(json: false), status, runs);
            return WorkerExitCode.Success;
        });
        return command;
    }

    private static async Task<RunRecord[]> RunsAsync(
        string logDirectory, string? name, string? study, LaunchConsole console, CancellationToken cancellationToken)
    {
        IEnumerable<RunRecord> runs = name is not null
            ? [await NamedRun.FindAsync(logDirectory, name, cancellationToken)]
            : RunRecord.ReadAll(logDirectory, console.WriteError).Where(run => study is null || run.Plan?.Study == study);
        return await Task.WhenAll(runs.Select(run => ClusterRuns.RefreshAsync(run, TimeProvider.System, cancellationToken)));
    }

    private static async Task<StudyStatus> ReadAsync(string name, string? given, CancellationToken cancellationToken)
    {
        StorageUrl storage = Resolve(given);
        using StudyDatabase database = StudyDatabase.For(storage, name)
            ?? throw new LaunchException($"The launcher reads {StudyTables.Known} only, and not {storage.Masked}.", WorkerExitCode.Storage);
        try
        {
            StudyProgress progress = await database.PollAsync(cancellationToken)
                ?? throw new LaunchException($"{storage.Masked} has no study '{name}'.", WorkerExitCode.Storage);
            List<OpenTrial> open = await database.ReadOpenAsync(cancellationToken);
            return new StudyStatus(name, storage, progress, open, await database.ReadBestAsync(cancellationToken));
        }
        catch (TableException error)
        {
            throw new LaunchException(error.Message, WorkerExitCode.Storage);
        }
    }

    private static StorageUrl Resolve(string? given)
    {
        try
        {
            return StorageUrl.Resolve(given);
        }
        catch (StorageUrlException error)
        {
            throw new LaunchException($"{(given is null ? "OPTUNA_STORAGE" : "--storage")}: {error.Message}", WorkerExitCode.Usage);
        }
    }
}
