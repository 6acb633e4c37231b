using System.Text;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Commands.Agents;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>Hands a run to a cluster's engine.</summary>
internal sealed class ClusterLaunch(IClusterBackend engine, Action<string> tell, TimeProvider time)
{
    /// <summary>What passing a stop on, and the agents' own end, take beside the workers' grace.</summary>
    public static readonly TimeSpan StopTime = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestAbsence = TimeSpan.FromMinutes(2);

    // What belongs to this host, or to a job in which the launcher itself runs.
    private static readonly string[] OwnVariables =
        ["HOSTNAME", "PWD", "OLDPWD", "SHLVL", "TMPDIR", "DISPLAY", "SSH_", "XDG_", "SLURM_", "SBATCH_", "TERM", "_", "STY", "TMUX", "DBUS_"];

    /// <summary>Lets the engine check the job before a run exists.</summary>
    /// <exception cref="LaunchException">It refuses the job.</exception>
    public Task CheckAsync(LaunchPlan plan, CancellationToken cancellationToken) =>
        engine.CheckAsync(JobOf(plan with { Run = "check" }, plan.LogDirectory, "{}"), cancellationToken);

    /// <summary>Writes the agents' plan, and submits the run.</summary>
    /// <returns>How the engine calls it.</returns>
    /// <exception cref="LaunchException">It refuses the job, or does not answer.</exception>
    public async Task<string> SubmitAsync(LaunchPlan plan, RunPaths paths, CancellationToken cancellationToken)
    {
        string text = AgentPlanOf(plan, paths).ToJson();
        FileErrors.Require(paths.Directory, () => WriteSecret(paths.AgentPlanFile, text));
        ClusterJob job = JobOf(plan, paths.Directory, text);
        try
        {
            return await RetryAsync(job, cancellationToken);
        }
        catch (LaunchException)
        {
            Clear(paths); // nothing has run
            throw;
        }
        catch (Exception error) when (error is EngineAwayException or OperationCanceledException)
        {
            await WithdrawAsync(job);
            if (error is OperationCanceledException) throw;
            throw new LaunchException(
                $"{engine.Name} does not answer: {error.Message} Should it have taken the job {engine.JobOf(job.Id)} all the same: ParallelLauncher stop {job.Id}",
                WorkerExitCode.Environment);
        }
    }

    private async Task<string> RetryAsync(ClusterJob job, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await engine.SubmitAsync(job, cancellationToken);
            }
            catch (EngineAwayException error) when (time.GetElapsedTime(began) < LongestAbsence)
            {
                // A retry is safe: the engine finds the run by its name.
                tell($"{engine.Name} does not answer, retrying: {error.Message}");
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }

    // Nobody waits any more for a job that the engine may have, or may yet get: its tasks end at once, by whichever way reaches them.
    private async Task WithdrawAsync(ClusterJob job)
    {
        try
        {
            StopFile.Write(job.Directory);
            await engine.StopAsync(job, StopStage.Kill, CancellationToken.None);
        }
        catch (Exception error) when (error is EngineAwayException or LaunchException)
        {
            tell($"The job {engine.JobOf(job.Id)} cannot be taken back: {error.Message}");
        }
    }

    private void Clear(RunPaths paths)
    {
        try
        {
            Directory.Delete(paths.Directory, recursive: true);
        }
        catch (Exception error) when (FileErrors.Is(error))
        {
            tell($"{paths.Directory} is left behind: {error.Message}");
        }
    }

    /// <summary>The workers of a run that the engine has.</summary>
    public IWorkerBackend Workers(LaunchPlan plan, RunPaths paths, IWorkerObserver observer, RunFaults faults) =>
        new ClusterWorkers(engine, RunOf(plan, paths.Directory), observer, faults, time);

    /// <summary>What would be submitted, where the engine has a form for it that people read; else null.</summary>
    public string? Manifest(LaunchPlan plan)
    {
        LaunchPlan named = plan with { Run = "dry-run" };
        return engine is IManifestBackend manifests
            ? manifests.Manifest(JobOf(named, plan.LogDirectory, AgentPlanOf(named, RunPaths.Existing(plan.LogDirectory)).ToJson()))
            : null;
    }

    /// <summary>What the engine will call the job.</summary>
    public string JobOf(LaunchPlan plan) => engine.JobOf(plan.Run);

    /// <summary>A run as its engine knows it.</summary>
    public static ClusterRun RunOf(LaunchPlan plan, string directory) => new()
    {
        Id = plan.Run,
        Workers = plan.Workers,
        Directory = directory,
        Settings = plan.Request.Settings,
        FirstStarts = plan.FirstStarts,
    };

    private static ClusterJob JobOf(LaunchPlan plan, string directory, string agentPlan) => new()
    {
        Id = plan.Run,
        Workers = plan.Workers,
        Directory = directory,
        Settings = plan.Request.Settings,
        Agent = AgentCommand.Line(RunPaths.Existing(directory).AgentPlanFile),
        AgentPlan = agentPlan,
        Grace = plan.Grace,
    };

    private AgentPlan AgentPlanOf(LaunchPlan plan, RunPaths paths) => new()
    {
        Request = plan.Request with { Storage = plan.Storage.Original, Study = plan.StudyName },
        Worker = engine.SharesFolders ? plan.Worker : null,
        WorkerArguments = plan.WorkerArguments,
        Run = plan.Run,
        Directory = engine.SharesFolders ? paths.Directory : null,
        WorkingDirectory = engine.SharesFolders ? Directory.GetCurrentDirectory() : null,
        Python = engine.SharesFolders ? plan.Python : null,
        OptunaWritesUtc = plan.OptunaWritesUtc,
        Deadline = plan.Timeout is { } limit ? time.GetUtcNow() + limit : null,
        Environment = engine.SharesFolders ? Variables() : new Dictionary<string, string>(),
        Requeue = engine.Requeue,
        Resubmits = plan.Request.Resubmit,
    };

    private static Dictionary<string, string> Variables() => Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>()
        .Select(entry => KeyValuePair.Create((string)entry.Key, (string?)entry.Value ?? ""))
        .Where(variable => !OwnVariables.Any(own => own.EndsWith('_') && own.Length > 1
            ? variable.Key.StartsWith(own, StringComparison.Ordinal)
            : variable.Key == own))
        .ToDictionary();

    private static void WriteSecret(string file, string text)
    {
        File.Delete(file);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, new UTF8Encoding(false), options);
        writer.Write(text);
    }
}
