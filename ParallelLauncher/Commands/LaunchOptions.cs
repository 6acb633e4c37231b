using System.CommandLine;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>The options of a launch.</summary>
internal sealed class LaunchOptions
{
    private readonly Option<int> _workers = new("--num_parallel", "--num-parallel", "-n")
    {
        Description = "How many worker processes run.",
        DefaultValueFactory = _ => LaunchRequest.DefaultWorkers,
    };

    private readonly Option<string?> _study = new("--study") { Description = "The study's name. Default: the worker's name." };

    private readonly Option<string?> _storage = new("--storage")
    {
        Description = "The study's storage URL. Default: OPTUNA_STORAGE, which keeps a password off the command line, " +
                      "else sqlite:///hpo.db.",
    };

    private readonly Option<string> _storageEngine = new("--storage-engine")
    {
        Description = "Whose code the workers work on MySQL's tables with: native, or optuna for its RDBStorage.",
        DefaultValueFactory = _ => LaunchRequest.DefaultStorageEngine,
    };

    private readonly Option<string[]> _directions = new("--direction")
    {
        Description = "maximize or minimize, once per objective: the study is created before the workers start.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int?> _totalTrials = new("--total-trials")
    {
        Description = "How many finished trials the study shall have, counted over all workers, restarts and runs. Exact.",
    };

    private readonly Option<string> _count = new("--count")
    {
        Description = "The states that count as finished: a list of complete, pruned and fail.",
        DefaultValueFactory = _ => LaunchRequest.DefaultCount,
    };

    private readonly Option<double?> _target = new("--target")
    {
        Description = "Stops all workers once the best value is as good as this (exit code 0).",
    };

    private readonly Option<int?> _seed = new("--seed") { Description = "The base seed; worker i gets seed + i, each restart a new one." };

    private readonly Option<string> _logDirectory = new("--log-dir")
    {
        Description = "Where each run's files go, in a folder of its own.",
        DefaultValueFactory = _ => LaunchRequest.DefaultLogDirectory,
    };

    private readonly Option<double?> _timeout = new("--timeout") { Description = "Stops all workers after so many seconds (exit code 124)." };

    private readonly Option<int> _maxRestarts = new("--max-restarts")
    {
        Description = "How often in a row a worker is restarted that fails and finishes no trial. Exit codes 2 and 4 are never restarted.",
        DefaultValueFactory = _ => LaunchRequest.DefaultMaxRestarts,
    };

    private readonly Option<string> _halt = new("--halt")
    {
        Description = "What a worker's failure for good means to the others: never (they go on), soon (no restarts any more), now (stop).",
        DefaultValueFactory = _ => "never",
    };

    private readonly Option<double> _grace = new("--grace")
    {
        Description = "Seconds from SIGINT to SIGTERM when workers are stopped; SIGKILL follows.",
        DefaultValueFactory = _ => LaunchRequest.DefaultGraceSeconds,
    };

    private readonly Option<int> _heartbeat = new("--heartbeat")
    {
        Description = "Seconds between a running trial's heartbeats; after four intervals without one it is failed. 0 for none.",
        DefaultValueFactory = _ => LaunchRequest.DefaultHeartbeatSeconds,
    };

    private readonly Option<int> _retryFailed = new("--retry-failed")
    {
        Description = "How often a trial that lost its worker is retried with the same parameters.",
        DefaultValueFactory = _ => 0,
    };

    private readonly Option<string?> _gpus = new("--gpus") { Description = "GPUs for the workers in turn, for example 0,1 (CUDA_VISIBLE_DEVICES)." };

    private readonly Option<bool> _pin = new("--pin") { Description = "Binds each worker to its share of the CPUs." };

    private readonly Option<int?> _threads = new("--threads")
    {
        Description = "Threads of each worker (OMP_NUM_THREADS, so PyTorch and TorchSharp too). Default: its share of the cores.",
    };

    private readonly Option<string?> _resume = new("--resume")
    {
        Description = "Goes on after a crash: with a worker, with its study; without, with the run of this name, else the newest one. " +
                      "Trials that were left RUNNING are failed first.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Prints the plan and starts nothing." };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "Events as lines of JSON on standard output, the last one with the result; everything else goes to standard error.",
    };

    private readonly Option<bool> _verbose = new("--verbose") { Description = "Shows what the launcher does, on standard error." };

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])
                 [_workers, _study, _storage, _storageEngine, _directions, _totalTrials, _count, _target, _timeout, _seed, _maxRestarts, _retryFailed,
                  _heartbeat, _halt, _grace, _threads, _pin, _gpus, _logDirectory, _resume, _dryRun, _json, _verbose])
            command.Options.Add(option);
    }

    /// <summary>What the command line asks for, and for the rest what is resumed.</summary>
    /// <exception cref="LaunchException">There is nothing to resume.</exception>
    public LaunchRequest Read(ParseResult parsed, string? worker, IReadOnlyList<string> workerArguments)
    {
        string logDirectory = parsed.GetValue(_logDirectory)!;
        LaunchRequest earlier = parsed.GetResult(_resume) is null
            ? new LaunchRequest()
            : ResumedRun.Find(logDirectory, parsed.GetValue(_resume), worker, parsed.GetValue(_study));
        return earlier with
        {
            Worker = worker ?? earlier.Worker,
            WorkerArguments = workerArguments.Count > 0 ? workerArguments : earlier.WorkerArguments,
            Workers = Given(_workers, earlier.Workers),
            Study = Given(_study, earlier.Study),
            Storage = Given(_storage, earlier.Storage),
            StorageEngine = Given(_storageEngine, earlier.StorageEngine),
            Directions = Given(_directions, [.. earlier.Directions]) ?? [],
            TotalTrials = Given(_totalTrials, earlier.TotalTrials),
            Count = Given(_count, earlier.Count),
            Target = Given(_target, earlier.Target),
            Seed = Given(_seed, earlier.Seed),
            LogDirectory = logDirectory,
            TimeoutSeconds = Given(_timeout, earlier.TimeoutSeconds),
            MaxRestarts = Given(_maxRestarts, earlier.MaxRestarts),
            Halt = Given(_halt, earlier.Halt),
            GraceSeconds = Given(_grace, earlier.GraceSeconds),
            HeartbeatSeconds = Given(_heartbeat, earlier.HeartbeatSeconds),
            RetryFailed = Given(_retryFailed, earlier.RetryFailed),
            Gpus = Given(_gpus, earlier.Gpus),
            Pin = Given(_pin, earlier.Pin),
            Threads = Given(_threads, earlier.Threads),
            DryRun = parsed.GetValue(_dryRun),
            Json = parsed.GetValue(_json),
            Verbose = parsed.GetValue(_verbose),
        };

        T Given<T>(Option<T> option, T otherwise) =>
            parsed.GetResult(option) is { Implicit: false } ? parsed.GetValue(option)! : otherwise;
    }
}
