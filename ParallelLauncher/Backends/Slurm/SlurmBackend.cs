using System.Globalization;
using Hpo.Interop;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Backends.Slurm;

/// <summary>
/// Slurm: one array, a task a worker. Everything is asked for by the job's name, which is the run's: a controller that was killed
/// forgets jobs, and gives their numbers to others.
/// </summary>
internal sealed class SlurmBackend : IClusterBackend
{
    private const string JobPrefix = "hpo-";

    public string Name => "slurm";

    public string JobOf(string run) => JobPrefix + run;

    public IReadOnlyList<BackendOption> Options { get; } =
    [
        new("--partition", "The partition."),
        new("--time", "The time limit of each worker, as Slurm writes it: 2:00:00. Its trial ends in order before."),
        new("--account", "The account that is charged."),
        new("--qos", "The quality of service."),
        new("--cpus", "Cores for each worker, for example 2."),
        new("--memory", "Memory for each worker: 4Gi on Kubernetes, 4G on Slurm."),
        new("--gpus-per-worker", "GPUs for each worker."),
        new("--max-running", "How many workers run at a time. Default: all."),
        new("--backend-arg", "Slurm: another option of sbatch, for example --backend-arg=--constraint=a100. It may be given several times.", IsRepeated: true),
    ];

    // A task that ends by itself before its time limit would not be started again. One that is COMPLETING already, Slurm is ending: it
    // starts it anew itself after a preemption, and must not where a person has cancelled it. The first number of a task may be its
    // whole array's, so that it is named by both.
    public IReadOnlyList<string> Requeue { get; } =
        [
            "/bin/sh", "-c",
            "t={SLURM_ARRAY_JOB_ID}_{SLURM_ARRAY_TASK_ID}; squeue -h -t all -j $t -o %T | grep -qE 'CANCELLED|COMPLETING'"
            + " || scontrol requeue $t || squeue -h -j $t -o %T | grep -q PENDING",
        ];

    public string TaskLog(int index) => FormattableString.Invariant($"slurm-{index}.log");

    public async Task<string?> DescribeAsync(CancellationToken cancellationToken)
    {
        if (!SearchPath.FindAll("sbatch").Any()) return null;
        SlurmAnswer answer = await SlurmCommands.RunAsync("sinfo", ["--version"], "", cancellationToken);
        return answer.ExitCode == 0 ? answer.Output.Trim() : null;
    }

    public async Task CheckAsync(ClusterJob job, CancellationToken cancellationToken)
    {
        if (!SearchPath.FindAll("sbatch").Any())
            throw new LaunchException("--backend slurm: sbatch is not on PATH. Launch on a host of the cluster, for example its login node.", WorkerExitCode.Environment);
        if (job.Directory.Contains('\\', StringComparison.Ordinal))
            throw new LaunchException($"{job.Directory}: Slurm writes to no folder with a backslash in its name. Name another with --log-dir.", WorkerExitCode.Usage);
        SlurmOwnOptions.Refuse(job.Settings.GetValueOrDefault("backend-arg") ?? []);
        SlurmAnswer answer = await SlurmCommands.RunAsync("sbatch", ["--test-only", .. Arguments(job)], Script(job), cancellationToken);
        if (answer.ExitCode != 0) throw SlurmErrors.Refusal(answer);
    }

    public async Task<string> SubmitAsync(ClusterJob job, CancellationToken cancellationToken)
    {
        // The answer of an earlier attempt may have been lost.
        if (await FindAsync(job, cancellationToken) is { } known) return known;
        SlurmAnswer answer = await SlurmCommands.RunAsync("sbatch", ["--parsable", .. Arguments(job)], Script(job), cancellationToken);
        if (await FindAsync(job, cancellationToken) is { } submitted) return submitted;
        if (answer.ExitCode == 0) return Described(answer.Output.Split(';')[0].Trim());
        throw SlurmErrors.IsTransient(answer) ? new EngineAwayException(SlurmErrors.Words(answer)) : SlurmErrors.Refusal(answer);
    }

    public async Task<IReadOnlyList<ClusterTask>> LookAsync(ClusterRun run, CancellationToken cancellationToken) =>
        [.. (await QueueAsync(run, cancellationToken)).Select(line => line.ToTask())];

    public async Task<ClusterRun?> FindAsync(string job, CancellationToken cancellationToken)
    {
        if (!SearchPath.FindAll("squeue").Any()) return null;
        string which = job.All(char.IsAsciiDigit) ? $"--jobs={job}" : $"--name={(job.StartsWith(JobPrefix, StringComparison.Ordinal) ? job : JobPrefix + job)}";
        SlurmAnswer answer = await SlurmCommands.RunAsync(
            "squeue", ["--noheader", "--array", "--states=all", which, $"--format={SlurmJobLine.Format}"], "", cancellationToken);
        if (answer.ExitCode != 0) return SlurmErrors.IsTransient(answer) ? throw new EngineAwayException(SlurmErrors.Words(answer)) : null;
        SlurmJobLine[] tasks =
        [
            .. answer.Output.Split('\n').Select(SlurmJobLine.Parse).OfType<SlurmJobLine>()
                .Where(line => line.Name.StartsWith(JobPrefix, StringComparison.Ordinal)),
        ];
        return tasks.Length == 0 ? null : new ClusterRun
        {
            Id = tasks[0].Name[JobPrefix.Length..],
            Workers = tasks.Max(line => line.Index) + 1,
            Directory = tasks[0].Folder,
            Settings = new Dictionary<string, IReadOnlyList<string>>(),
        };
    }

    public async Task StopAsync(ClusterRun run, StopStage stage, CancellationToken cancellationToken)
    {
        string[] mine = ["--quiet", $"--name={NameOf(run)}"];
        switch (stage)
        {
            case StopStage.None:
                await CancelAsync(["--state=PENDING", .. mine], cancellationToken);
                break;
            case StopStage.Interrupt:
                // Without --batch a signal does not reach what the batch script runs.
                await CancelAsync(["--state=PENDING", .. mine], cancellationToken);
                await CancelAsync(["--batch", "--signal=INT", .. mine], cancellationToken);
                break;
            case StopStage.Kill:
                await CancelAsync(mine, cancellationToken);
                break;
            default:
                break; // The agents lead their workers from SIGINT to SIGKILL themselves.
        }
    }

    private static async Task CancelAsync(string[] arguments, CancellationToken cancellationToken)
    {
        SlurmAnswer answer = await SlurmCommands.RunAsync("scancel", arguments, "", cancellationToken);
        if (answer.ExitCode != 0) throw new EngineAwayException(SlurmErrors.Words(answer));
    }

    private static async Task<string?> FindAsync(ClusterRun run, CancellationToken cancellationToken) =>
        await QueueAsync(run, cancellationToken) is [var line, ..] ? Described(line.Job) : null;

    private static async Task<IReadOnlyList<SlurmQueueLine>> QueueAsync(ClusterRun run, CancellationToken cancellationToken)
    {
        SlurmAnswer answer = await SlurmCommands.RunAsync(
            "squeue", ["--noheader", "--array", "--states=all", $"--name={NameOf(run)}", $"--Format={SlurmQueueLine.Format}"], "", cancellationToken);
        if (answer.ExitCode != 0) throw new EngineAwayException(SlurmErrors.Words(answer));
        // A submission that the controller took up late, after its answer had been given up and another one made, is a twin: the first stays.
        IGrouping<string, SlurmQueueLine>[] arrays =
        [
            .. answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(SlurmQueueLine.Parse).OfType<SlurmQueueLine>()
                .GroupBy(line => line.Job).OrderBy(array => array.Key.Length).ThenBy(array => array.Key, StringComparer.Ordinal),
        ];
        foreach (IGrouping<string, SlurmQueueLine> twin in arrays.Skip(1).Where(array => array.Any(line => !line.HasEnded)))
            await CancelAsync(["--quiet", twin.Key], cancellationToken);
        return arrays is [var first, ..] ? [.. first] : [];
    }

    private static string Described(string job) => $"Slurm job {job}";

    private static string NameOf(ClusterRun run) => JobPrefix + run.Id;

    private static IEnumerable<string> Arguments(ClusterJob job)
    {
        string most = job["max-running"] is { } running ? $"%{running}" : "";
        yield return $"--job-name={NameOf(job)}";
        yield return FormattableString.Invariant($"--array=0-{job.Workers - 1}{most}");
        yield return $"--chdir={job.Directory}";
        yield return $"--output={Path.Combine(job.Directory.Replace("%", "%%", StringComparison.Ordinal), "slurm-%a.log")}";
        yield return "--open-mode=append"; // what a task wrote before it was requeued stays
        yield return "--requeue";
        yield return "--ntasks=1";
        yield return "--export=ALL"; // of an environment that holds next to nothing
        yield return FormattableString.Invariant($"--signal=B:INT@{SecondsBeforeLimit(job)}");
        yield return $"--cpus-per-task={job["cpus"] ?? "1"}";
        foreach ((string key, string option) in new[]
        {
            ("partition", "partition"), ("time", "time"), ("account", "account"), ("qos", "qos"), ("memory", "mem"), ("gpus-per-worker", "gpus-per-task"),
        })
        {
            if (job[key] is { } value) yield return $"--{option}={value}";
        }
        foreach (string given in job.Settings.GetValueOrDefault("backend-arg") ?? []) yield return given;
    }

    // When the agents are asked to end: early enough for a worker's last trial, and not before half of the limit.
    private static int SecondsBeforeLimit(ClusterJob job)
    {
        int needed = (int)Math.Ceiling(job.Grace.TotalSeconds) + 20;
        return SlurmTime.Seconds(job["time"]) is { } limit ? Math.Max(1, Math.Min(needed, limit / 2)) : needed;
    }

    // A program that a shell starts in the background would ignore SIGINT; exec makes it the batch script itself.
    private static string Script(ClusterJob job) =>
        string.Create(CultureInfo.InvariantCulture, $"""
            #!/bin/sh
            exec env --default-signal=INT,TERM,PIPE {string.Join(' ', job.Agent.Select(Quote))} --index-variable SLURM_ARRAY_TASK_ID --attempt-variable SLURM_RESTART_COUNT

            """);

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
