using System.CommandLine;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>The options of a launch, each with what it changes in the request.</summary>
internal sealed class LaunchOptions
{
    private static readonly LaunchRequest Defaults = new();

    private readonly List<Option> _options = [];
    private readonly List<Func<ParseResult, LaunchRequest, LaunchRequest>> _changes = [];
    private readonly Option<string?> _study;
    private readonly Option<string> _logDirectory;

    private readonly Option<string?> _resume = new("--resume")
    {
        Description = "Goes on after a crash: with a worker, with its study; without, with the run of this name, else the newest one. " +
                      "Trials that were left RUNNING are failed first.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    public LaunchOptions()
    {
        Option<int> workers = new("--num_parallel", "--num-parallel", "-n") { DefaultValueFactory = _ => Defaults.Workers };
        Add(workers, "How many worker processes run.", (request, value) => request with { Workers = value });
        _study = Add<string?>("--study", "The study's name. Default: the worker's name.", (request, value) => request with { Study = value });
        Add<string?>(
            "--storage",
            "The study's storage URL. Default: OPTUNA_STORAGE, which keeps a password off the command line, else sqlite:///hpo.db.",
            (request, value) => request with { Storage = value });
        Add(
            "--storage-engine", Defaults.StorageEngine,
            "Whose code the workers work on MySQL's tables with: native, or optuna for its RDBStorage.",
            (request, value) => request with { StorageEngine = value });
        Option<string[]> directions = new("--direction") { AllowMultipleArgumentsPerToken = true };
        Add(
            directions,
            "maximize or minimize, once per objective: the study is created before the workers start.",
            (request, value) => request with { Directions = value });
        Add<int?>(
            "--total-trials",
            "How many finished trials the study shall have, counted over all workers, restarts and runs. Exact.",
            (request, value) => request with { TotalTrials = value });
        Add(
            "--count", Defaults.Count,
            "The states that count as finished: a list of complete, pruned and fail.",
            (request, value) => request with { Count = value });
        Add<double?>(
            "--target",
            "Stops all workers once the best value is as good as this (exit code 0).",
            (request, value) => request with { Target = value });
        Add<double?>(
            "--timeout",
            "Stops all workers after so many seconds (exit code 124).",
            (request, value) => request with { TimeoutSeconds = value });
        Add<int?>(
            "--seed", "The base seed; worker i gets seed + i, each restart a new one.", (request, value) => request with { Seed = value });
        Add(
            "--max-restarts", Defaults.MaxRestarts,
            "How often in a row a worker is restarted that fails and finishes no trial. Exit codes 2 and 4 are never restarted.",
            (request, value) => request with { MaxRestarts = value });
        Add(
            "--retry-failed", Defaults.RetryFailed,
            "How often a trial that lost its worker is retried with the same parameters.",
            (request, value) => request with { RetryFailed = value });
        Add(
            "--heartbeat", Defaults.HeartbeatSeconds,
            "Seconds between a running trial's heartbeats; after four intervals without one it is failed. 0 for none.",
            (request, value) => request with { HeartbeatSeconds = value });
        Add(
            "--halt", Defaults.Halt,
            "What a worker's failure for good means to the others: never (they go on), soon (no restarts any more), now (stop).",
            (request, value) => request with { Halt = value });
        Add(
            "--grace", Defaults.GraceSeconds,
            "Seconds from SIGINT to SIGTERM when workers are stopped; SIGKILL follows.",
            (request, value) => request with { GraceSeconds = value });
        Add<int?>(
            "--threads",
            "Threads of each worker (OMP_NUM_THREADS, so PyTorch and TorchSharp too). Default: its share of the cores.",
            (request, value) => request with { Threads = value });
        Add<bool>("--pin", "Binds each worker to its share of the CPUs.", (request, value) => request with { Pin = value });
        Add<string?>(
            "--gpus", "GPUs for the workers in turn, for example 0,1 (CUDA_VISIBLE_DEVICES).", (request, value) => request with { Gpus = value });
        Add(
            "--backend", Defaults.Backend,
            $"Where the workers run: {ClusterBackends.Names}.",
            (request, value) => request with { Backend = value });
        foreach (IGrouping<string, (BackendOption Option, string Backend)> same in ClusterBackends.All
            .SelectMany(backend => backend.Options.Select(option => (Option: option, Backend: backend.Name))).GroupBy(pair => pair.Option.Name))
        {
            // One that means something else to each backend has the words of all.
            string words = string.Join(' ', same.Select(pair => pair.Option.Description).Distinct());
            AddSetting(same.First().Option with { Description = words }, string.Join(", ", same.Select(pair => pair.Backend)));
        }

        Add<bool>(
            "--detach",
            "Ends the launcher once the cluster has the job; status, stop and --resume find the run.",
            (request, value) => request with { Detach = value });
        Add<bool>(
            "--resubmit",
            "Starts workers anew that the cluster's time limit has ended, while trials are left.",
            (request, value) => request with { Resubmit = value });
        _logDirectory = Add(
            "--log-dir", Defaults.LogDirectory,
            "Where each run's files go, in a folder of its own.",
            (request, value) => request with { LogDirectory = value });
        _options.Add(_resume);
        Add<bool>("--dry-run", "Prints the plan and starts nothing.", (request, value) => request with { DryRun = value });
        Add<bool>(
            "--json",
            "Events as lines of JSON on standard output, the last one with the result; everything else goes to standard error.",
            (request, value) => request with { Json = value });
        Add<bool>("--verbose", "Shows what the launcher does, on standard error.", (request, value) => request with { Verbose = value });
    }

    public void AddTo(Command command)
    {
        foreach (Option option in _options) command.Options.Add(option);
    }

    /// <summary>What the command line asks for, and for the rest what is resumed.</summary>
    /// <exception cref="LaunchException">There is nothing to resume.</exception>
    public LaunchRequest Read(ParseResult parsed, string? worker, IReadOnlyList<string> workerArguments)
    {
        LaunchRequest earlier = parsed.GetResult(_resume) is null
            ? new LaunchRequest()
            : ResumedRun.Find(parsed.GetValue(_logDirectory)!, parsed.GetValue(_resume), worker, parsed.GetValue(_study));
        return _changes.Aggregate(earlier, (request, change) => change(parsed, request)) with
        {
            Worker = worker ?? earlier.Worker,
            WorkerArguments = workerArguments.Count > 0 ? workerArguments : earlier.WorkerArguments,
        };
    }

    private void AddSetting(BackendOption setting, string backends)
    {
        string description = $"{setting.Description} ({backends})";
        if (setting.IsRepeated) Add<string[]>(setting.Name, description, (request, values) => With(request, setting.Key, values));
        else Add<string>(setting.Name, description, (request, value) => With(request, setting.Key, [value]));
    }

    private static LaunchRequest With(LaunchRequest request, string key, IReadOnlyList<string> values) => request with
    {
        Settings = new Dictionary<string, IReadOnlyList<string>>(request.Settings) { [key] = values },
    };

    private Option<T> Add<T>(string name, string description, Func<LaunchRequest, T, LaunchRequest> change) =>
        Add(new Option<T>(name), description, change);

    private Option<T> Add<T>(string name, T byDefault, string description, Func<LaunchRequest, T, LaunchRequest> change) =>
        Add(new Option<T>(name) { DefaultValueFactory = _ => byDefault }, description, change);

    private Option<T> Add<T>(Option<T> option, string description, Func<LaunchRequest, T, LaunchRequest> change)
    {
        option.Description = description;
        _options.Add(option);
        _changes.Add((parsed, request) =>
            parsed.GetResult(option) is { Implicit: false } ? change(request, parsed.GetValue(option)!) : request);
        return option;
    }
}
