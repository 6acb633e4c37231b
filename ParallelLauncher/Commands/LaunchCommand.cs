using System.CommandLine;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Commands;

/// <summary>The launcher's command line.</summary>
internal sealed class LaunchCommand
{
    private readonly Argument<string> _worker = new("worker")
    {
        Description = "An executable, a .dll, a .csproj (built once), a .py, or a command on PATH. Its own arguments follow after --.",
    };

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

    private readonly Option<string[]> _directions = new("--direction")
    {
        Description = "maximize or minimize, once per objective: the study is created before the workers start.",
        AllowMultipleArgumentsPerToken = true,
    };

    private readonly Option<int?> _totalTrials = new("--total-trials")
    {
        Description = "How many finished trials (complete or pruned) the study shall have, counted over all workers.",
    };

    private readonly Option<int?> _seed = new("--seed") { Description = "The base seed; worker i gets seed + i." };

    private readonly Option<string> _logDirectory = new("--log-dir")
    {
        Description = "Where each run's logs go, in a folder of its own.",
        DefaultValueFactory = _ => LaunchRequest.DefaultLogDirectory,
    };

    private readonly Option<double?> _timeout = new("--timeout") { Description = "Stops all workers after so many seconds (exit code 124)." };

    private readonly Option<int> _maxRestarts = new("--max-restarts")
    {
        Description = "How often a failed worker is restarted. Exit codes 2 and 4 are never restarted.",
        DefaultValueFactory = _ => LaunchRequest.DefaultMaxRestarts,
    };

    private readonly Option<string> _halt = new("--halt")
    {
        Description = "What a worker's failure means to the others: never (they go on), soon (no restarts any more), now (stop).",
        DefaultValueFactory = _ => "never",
    };

    private readonly Option<double> _grace = new("--grace")
    {
        Description = "Seconds from SIGINT to SIGTERM when workers are stopped; SIGKILL follows.",
        DefaultValueFactory = _ => LaunchRequest.DefaultGraceSeconds,
    };

    private readonly Option<bool> _dryRun = new("--dry-run") { Description = "Prints the plan and starts nothing." };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "One JSON document on standard output when the run has ended; everything else goes to standard error.",
    };

    private readonly Option<bool> _verbose = new("--verbose") { Description = "Shows what the launcher does, on standard error." };

    /// <param name="run">Runs a request and gives the exit code.</param>
    /// <param name="workerArguments">What follows after --.</param>
    public RootCommand Create(Func<LaunchRequest, Task<int>> run, IReadOnlyList<string> workerArguments)
    {
        var root = new RootCommand("Runs N workers on one Optuna study.")
        {
            _worker, _workers, _study, _storage, _directions, _totalTrials, _seed, _logDirectory, _timeout, _maxRestarts,
            _halt, _grace, _dryRun, _json, _verbose, PrepareCommand.Create(),
        };
        root.SetAction((parsed, _) => run(ToRequest(parsed, workerArguments)));
        return root;
    }

    private LaunchRequest ToRequest(ParseResult parsed, IReadOnlyList<string> workerArguments) => new()
    {
        Worker = parsed.GetValue(_worker)!,
        WorkerArguments = workerArguments,
        Workers = parsed.GetValue(_workers),
        Study = parsed.GetValue(_study),
        Storage = parsed.GetValue(_storage),
        Directions = parsed.GetValue(_directions) ?? [],
        TotalTrials = parsed.GetValue(_totalTrials),
        Seed = parsed.GetValue(_seed),
        LogDirectory = parsed.GetValue(_logDirectory)!,
        TimeoutSeconds = parsed.GetValue(_timeout),
        MaxRestarts = parsed.GetValue(_maxRestarts),
        Halt = parsed.GetValue(_halt)!,
        GraceSeconds = parsed.GetValue(_grace),
        DryRun = parsed.GetValue(_dryRun),
        Json = parsed.GetValue(_json),
        Verbose = parsed.GetValue(_verbose),
    };
}
