using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Results;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>Finds the run that a person means: by its own name, or by what its cluster's engine calls it.</summary>
internal static class NamedRun
{
    /// <summary>The run of a name, or of the beginning of one, or of a job's name or number. Of a job whose folder is not on this host
    /// only what the engine knows.</summary>
    /// <exception cref="LaunchException">There is none, or there are several.</exception>
    public static async Task<RunRecord> FindAsync(string logDirectory, string name, CancellationToken cancellationToken)
    {
        // A job's number may be the beginning of a run's name, too. A number that a new controller has given anew is the newest run's.
        if (RunRecord.ReadAll(logDirectory, tell: _ => { }).FirstOrDefault(run => IsJob(run, name)) is { } known) return known;
        RunPaths[] here = [.. RunPaths.All(logDirectory).Where(run => run.Id.StartsWith(name, StringComparison.Ordinal))];
        return here switch
        {
            [var one] => RunRecord.Read(one),
            [] => await OfEngineAsync(logDirectory, name, cancellationToken),
            _ => throw Refusal($"{name} may be {string.Join(", ", here.Take(5).Select(run => run.Id))}: give more of the name."),
        };
    }

    /// <summary>Whether the run's folder can be seen from this host.</summary>
    public static bool HasFolder(RunRecord run) => run.Directory is { } directory && File.Exists(RunPaths.Existing(directory).RunFile);

    // "Slurm job 123": a number is told from the rest of the words by being one.
    private static bool IsJob(RunRecord run, string name) => run is { Job: { } job, Run: { } id } && ClusterRuns.EngineOf(run) is { } engine
        && (name == engine.JobOf(id) || (name.All(char.IsAsciiDigit) && job.Split(' ').Contains(name)));

    private static async Task<RunRecord> OfEngineAsync(string logDirectory, string name, CancellationToken cancellationToken)
    {
        string problem = "";
        foreach (IClusterBackend engine in ClusterBackends.All)
        {
            try
            {
                if (await engine.FindAsync(name, cancellationToken) is { } found) return RecordOf(found, engine);
            }
            catch (EngineAwayException error)
            {
                problem += $" {engine.Name} does not answer: {error.Message}";
            }
        }

        throw Refusal($"There is no run {name} in {Path.GetFullPath(logDirectory)}, nor a job of that name here.{problem} Another folder: --log-dir. (The worker comes before --resume.)");
    }

    private static RunRecord RecordOf(ClusterRun found, IClusterBackend engine)
    {
        var known = new RunRecord
        {
            Run = found.Id,
            State = RunRecord.Detached,
            Job = engine.JobOf(found.Id),
            Directory = found.Directory,
            Plan = new PlanRecord { Backend = engine.Name, Workers = found.Workers, Settings = found.Settings },
        };
        return HasFolder(known) ? RunRecord.Read(RunPaths.Existing(found.Directory)) : known;
    }

    private static LaunchException Refusal(string message) => new(message, WorkerExitCode.Usage);
}
