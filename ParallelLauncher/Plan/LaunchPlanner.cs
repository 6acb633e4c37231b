using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Storages;

namespace Hpo.ParallelLauncher.Plan;

/// <summary>Validates a whole request and reports all of its faults at once.</summary>
/// <param name="resolve">Finds the worker that the request names; adds a fault, and gives null, where it cannot.</param>
/// <param name="checkBackend">Finds what is wrong for where the workers shall run.</param>
internal sealed class LaunchPlanner(
    Func<string, Action<PlanFault>, WorkerCommand?> resolve, Func<LaunchRequest, StorageUrl?, IEnumerable<PlanFault>> checkBackend)
{
    private const int MostWorkers = 1024;
    private const int LongestStudyName = 512;

    /// <summary>The plan, or null where there are faults.</summary>
    public LaunchPlan? Plan(LaunchRequest request, out IReadOnlyList<PlanFault> faults)
    {
        var found = new List<PlanFault>();
        WorkerCommand? worker = resolve(request.Worker, found.Add);
        StorageUrl? storage = CheckStorage(request.Storage, found);
        string? study = request.Study ?? worker?.Name;
        CheckNumbers(request, found);
        if (study is "") found.Add(new("--study is empty; leave it out to use the worker's name."));
        if (study?.Length > LongestStudyName)
        {
            found.Add(new($"--study is longer than {LongestStudyName} characters, the most that Optuna's tables hold."));
        }

        List<string> directions = CheckDirections(request.Directions, found);
        List<TrialState> counted = CheckCount(request.Count, found);
        if (directions.Count > 1 && request.Target is not null)
        {
            found.Add(new("--target needs a study with one objective; this one has several directions."));
        }

        string[] gpus = [.. (request.Gpus ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
        if (request.Gpus is not null && gpus.Length == 0) found.Add(new("--gpus is empty; list them, for example --gpus 0,1."));
        IReadOnlyList<int> cpus = request.Pin ? CheckCpus(found) : [];
        if (!Enum.TryParse(request.Halt, ignoreCase: true, out HaltPolicy halt) || char.IsAsciiDigit(request.Halt[0]))
        {
            found.Add(new($"--halt {request.Halt}: it is never, soon or now."));
        }

        if (!Enum.TryParse(request.StorageEngine, ignoreCase: true, out StorageEngine engine) || char.IsAsciiDigit(request.StorageEngine[0]))
        {
            found.Add(new($"--storage-engine {request.StorageEngine}: it is native or optuna."));
        }

        found.AddRange(checkBackend(request, storage));
        string logDirectory = CheckLogDirectory(request.LogDirectory, found);
        faults = found;
        if (found.Count > 0) return null;
        return new LaunchPlan
        {
            Request = request,
            Worker = worker!,
            WorkerArguments = request.WorkerArguments,
            Workers = request.Workers,
            StudyName = study!,
            Storage = storage!,
            StorageEngine = engine,
            Directions = directions,
            TotalTrials = request.TotalTrials,
            CountedStates = counted,
            Target = request.Target,
            Seed = request.Seed,
            LogDirectory = logDirectory,
            Timeout = request.TimeoutSeconds is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            MaxRestarts = request.MaxRestarts,
            Halt = halt,
            Grace = TimeSpan.FromSeconds(request.GraceSeconds),
            HeartbeatInterval = Heartbeat(request, 1),
            HeartbeatGrace = Heartbeat(request, WorkerEnvironment.HeartbeatsPerGrace),
            RetryFailed = request.RetryFailed,
            Gpus = gpus,
            Cpus = cpus,
            Threads = request.Threads,
            IsResumed = request.IsResumed,
            FirstStarts = request.FirstStarts,
            Warnings = [.. Warnings(request, worker!)],
        };
    }

    private static StorageUrl? CheckStorage(string? given, List<PlanFault> faults)
    {
        try
        {
            var storage = StorageUrl.Resolve(given);
            if (storage.IsInMemory)
            {
                faults.Add(new("The storage is an SQLite database in memory, which no worker process can share. Use a " +
                               "file: sqlite:///study.db"));
            }
            else if (storage.SqliteFile is { } file && Path.GetDirectoryName(file) is { } folder && !Directory.Exists(folder))
            {
                faults.Add(new($"The storage is the SQLite file {file}, whose folder does not exist. Create it: mkdir -p {folder}"));
            }

            return storage;
        }
        catch (StorageUrlException error)
        {
            faults.Add(new($"{(given is null ? "OPTUNA_STORAGE" : "--storage")}: {error.Message}"));
            return null;
        }
    }

    private static void CheckNumbers(LaunchRequest request, List<PlanFault> faults)
    {
        Require(request.Workers is >= 1 and <= MostWorkers, "--num_parallel", request.Workers, $"a number from 1 to {MostWorkers}");
        Require(request.TotalTrials is null or >= 1, "--total-trials", request.TotalTrials, "at least 1");
        Require(request.Seed is null or >= 0, "--seed", request.Seed, "at least 0");
        Require(request.MaxRestarts >= 0, "--max-restarts", request.MaxRestarts, "at least 0");
        Require(request.TimeoutSeconds is null or (> 0 and <= 1e7), "--timeout", request.TimeoutSeconds, "a positive number of seconds");
        Require(request.Threads is null or >= 1, "--threads", request.Threads, "at least 1");
        Require(request.RetryFailed >= 0, "--retry-failed", request.RetryFailed, "at least 0");
        Require(request.HeartbeatSeconds is >= 0 and <= 86400, "--heartbeat", request.HeartbeatSeconds, "a number of seconds from 1 to 86400, or 0 for none");
        Require(request.Target is null || double.IsFinite(request.Target.Value), "--target", request.Target, "a finite number");
        Require(request.GraceSeconds is >= 0 and <= 86400, "--grace", request.GraceSeconds, "a number of seconds from 0 to 86400");

        void Require(bool holds, string option, IFormattable? value, string rule)
        {
            if (!holds) faults.Add(new($"{option} {value?.ToString(null, CultureInfo.InvariantCulture)}: it is {rule}."));
        }
    }

    private static List<string> CheckDirections(IReadOnlyList<string> given, List<PlanFault> faults)
    {
        List<string> directions = [.. given.Select(direction => direction.ToLowerInvariant())];
        foreach (string direction in directions.Where(direction => direction is not ("maximize" or "minimize")))
        {
            faults.Add(new($"--direction {direction}: it is maximize or minimize, once per objective. (The worker comes " +
                           "before the options.)"));
        }

        return directions;
    }

    private static List<TrialState> CheckCount(string given, List<PlanFault> faults)
    {
        var states = new List<TrialState>();
        foreach (string word in given.Split(',', StringSplitOptions.TrimEntries))
        {
            if (Enum.TryParse(word, ignoreCase: true, out TrialState state) && state.IsFinished() && !char.IsAsciiDigit(word[0])) states.Add(state);
            else faults.Add(new($"--count {given}: it is a list of complete, pruned and fail, comma-separated."));
        }

        return states;
    }

    private static IReadOnlyList<int> CheckCpus(List<PlanFault> faults)
    {
        IReadOnlyList<int> cpus = Cores.Allowed();
        if (cpus.Count == 0 || !SearchPath.FindAll("taskset").Any())
        {
            faults.Add(new("--pin needs Linux and taskset (util-linux).", WorkerExitCode.Environment));
        }

        return cpus;
    }

    private static TimeSpan? Heartbeat(LaunchRequest request, int times) =>
        request.HeartbeatSeconds == 0 ? null : TimeSpan.FromSeconds(request.HeartbeatSeconds * (double)times);

    private static string CheckLogDirectory(string given, List<PlanFault> faults)
    {
        if (string.IsNullOrWhiteSpace(given))
        {
            faults.Add(new("--log-dir is empty."));
            return given;
        }

        string path = Path.GetFullPath(given);
        if (File.Exists(path)) faults.Add(new($"--log-dir {given}: it is a file, not a folder."));
        return path;
    }

    private static IEnumerable<string> Warnings(LaunchRequest request, WorkerCommand worker)
    {
        if (worker.Ambiguity is { } other) yield return $"'{request.Worker}' is {worker.Origin}; for the other one write {other}.";
        if (request.RetryFailed > 0 && request.HeartbeatSeconds == 0)
        {
            yield return "--heartbeat 0: trials whose machine dies stay RUNNING, and only this machine's are retried.";
        }

        if (request.WorkerArguments.Any(argument => StorageUrl.MaskAll(argument) != argument))
        {
            yield return "The worker's arguments hold a URL with a password, which every user of this machine can see. " +
                         "Workers get the storage through OPTUNA_STORAGE.";
        }
    }
}
