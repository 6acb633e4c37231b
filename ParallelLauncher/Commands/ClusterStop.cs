using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Display;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Results;
using Hpo.ParallelLauncher.Studies;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>Stops a cluster's run to which no launcher of this machine is attached, and writes how it ended.</summary>
internal sealed class ClusterStop(IClusterBackend engine, LaunchConsole console)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private bool _isAway;

    /// <exception cref="LaunchException">How the run ended cannot be written to its folder.</exception>
    public async Task<int> RunAsync(RunRecord run, CancellationToken cancellationToken)
    {
        bool hasFolder = NamedRun.HasFolder(run);
        bool isSecond = hasFolder && StopFile.IsThere(run.Directory!);
        if (hasFolder) WriteStopFile(run.Directory!);
        StopStage stage = isSecond ? StopStage.Kill : StopStage.Interrupt;
        console.Output.WriteLine(isSecond
            ? $"The run {run.Run} was being stopped already: its tasks are ended at once."
            : $"The run {run.Run} is stopping …");
        while (true)
        {
            if (await TryAsync(run, stage, cancellationToken)) stage = StopStage.None;
            run = await ClusterRuns.RefreshAsync(run, TimeProvider.System, cancellationToken);
            if (run.HasLiveWorkers is false) break;
            await Task.Delay(Pause, cancellationToken);
        }

        await TryAsync(run, StopStage.Kill, cancellationToken); // nothing of it stays with the engine
        if (!hasFolder)
        {
            console.Output.WriteLine(
                "Its tasks have ended. Its folder is not on this host: how its trials ended is told by its storage: ParallelLauncher status --study NAME --storage URL");
            return WorkerExitCode.Success;
        }

        RunRecord ended = await EndAsync(run, cancellationToken);
        FileErrors.Require(run.Directory!, () => AtomicFile.WriteText(RunPaths.Existing(run.Directory!).RunFile, ended.ToJson()));
        console.Output.WriteLine(FormattableString.Invariant($"It has ended with exit code {ended.ExitCode}."));
        if (ended.Study is { } study) RunSummary.WriteStudy(console.Summary(json: false), ended.Plan!, study);
        return WorkerExitCode.Success;
    }

    // A folder that is full or read-only here must not keep the engine from stopping the run.
    private void WriteStopFile(string directory)
    {
        try
        {
            StopFile.Write(directory);
        }
        catch (LaunchException error)
        {
            console.WriteError($"{error.Message} The run is stopped by {engine.Name} alone.");
        }
    }

    private async Task<bool> TryAsync(RunRecord run, StopStage stage, CancellationToken cancellationToken)
    {
        try
        {
            await engine.StopAsync(ClusterRuns.RunOf(run), stage, cancellationToken);
            _isAway = false;
            return true;
        }
        catch (EngineAwayException error)
        {
            if (!_isAway) console.WriteError($"{engine.Name} does not answer, retrying: {error.Message}"
                + (NamedRun.HasFolder(run) ? " (Agents find the stop in the run's folder meanwhile.)" : ""));
            _isAway = true;
            return false;
        }
    }

    private static async Task<RunRecord> EndAsync(RunRecord run, CancellationToken cancellationToken)
    {
        AgentPlan given = ClusterRuns.AgentPlanOf(run);
        StudyRecord? study = null;
        string[] errors = [];
        try
        {
            using StudyDatabase? database = StudyDatabase.For(StorageUrl.Parse(given.Request.Storage!), given.Request.Study!);
            if (database is not null && await database.PollAsync(cancellationToken) is { } progress)
                study = StudyRecord.Of(progress, await database.ReadBestAsync(cancellationToken));
        }
        catch (TableException error)
        {
            errors = [error.Message];
        }

        return run with
        {
            State = "finished",
            ExitCode = WorkerExitCode.Interrupted,
            StopReason = "stopped",
            Errors = errors,
            Finished = DateTimeOffset.UtcNow,
            Study = study,
        };
    }
}
