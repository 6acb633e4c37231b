using System.Globalization;
using Hpo.Interop.Storages;

namespace Hpo.Interop;

/// <summary>
/// The worker contract: what a launcher hands to each worker process, as environment variables. A worker is any
/// executable; SIGINT asks it to finish cleanly and to leave no trial RUNNING.
/// </summary>
public sealed record WorkerEnvironment
{
    /// <summary>The storage URL. It travels in the environment because it may hold a password.</summary>
    public const string StorageVariable = "OPTUNA_STORAGE";

    /// <summary>Whose code works on the storage: <c>native</c> or <c>optuna</c>.</summary>
    public const string StorageEngineVariable = "HPO_STORAGE_ENGINE";

    /// <summary>The study's name.</summary>
    public const string StudyVariable = "HPO_STUDY";

    /// <summary>The worker's index, from 0.</summary>
    public const string IndexVariable = "HPO_WORKER_INDEX";

    /// <summary>How many workers the run has.</summary>
    public const string CountVariable = "HPO_WORKER_COUNT";

    /// <summary>How often this worker was restarted, from 0.</summary>
    public const string RestartVariable = "HPO_WORKER_RESTART";

    /// <summary>The worker's own seed: the run's seed plus the worker's index, plus the number of workers for each restart,
    /// so that no two starts of a run sample the same points.</summary>
    public const string SeedVariable = "HPO_SEED";

    /// <summary>How many finished trials the study shall have, counted over all workers.</summary>
    public const string TotalTrialsVariable = "HPO_TOTAL_TRIALS";

    /// <summary>The states that count as finished, in lower case and comma-separated.</summary>
    public const string CountedStatesVariable = "HPO_COUNT";

    /// <summary>The launcher's run, which is part of each trial's owner, so that the trials of dead workers are found.</summary>
    public const string RunVariable = "HPO_RUN";

    /// <summary>How often a running trial sends a heartbeat, in whole seconds.</summary>
    public const string HeartbeatIntervalVariable = "HPO_HEARTBEAT_INTERVAL";

    /// <summary>After how many seconds without a heartbeat a running trial is failed.</summary>
    public const string HeartbeatGraceVariable = "HPO_HEARTBEAT_GRACE";

    /// <summary>How often a trial that lost its worker is retried.</summary>
    public const string RetryFailedVariable = "HPO_RETRY_FAILED";

    /// <summary>How many heartbeats a running trial may miss: the grace period of a worker that is given no other one. Optuna's
    /// own default is two, which a short pause of a machine exceeds.</summary>
    public const int HeartbeatsPerGrace = 4;

    /// <summary>The interval at which a launcher asks for heartbeats where nobody says another one.</summary>
    public static readonly TimeSpan DefaultHeartbeatInterval = TimeSpan.FromSeconds(30);

    /// <summary>The storage URL, or null when no launcher named one.</summary>
    public string? Storage { get; init; }

    /// <summary>Whose code works on the storage. Default native; <see cref="Storages.Storage.FromUrl(string, StorageEngine)"/> follows it.</summary>
    public StorageEngine StorageEngine { get; init; }

    /// <summary>The study's name, or null when no launcher named one.</summary>
    public string? StudyName { get; init; }

    /// <summary>The worker's index, 0 … <see cref="Count"/> − 1. Default 0.</summary>
    public int Index { get; init; }

    /// <summary>The number of workers, at least 1. Default 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>How often this worker was restarted. Default 0.</summary>
    public int Restart { get; init; }

    /// <summary>The worker's own seed, or null when the run has none.</summary>
    public int? Seed { get; init; }

    /// <summary>The study's budget of finished trials over all workers, or null when it has none.</summary>
    public int? TotalTrials { get; init; }

    /// <summary>The states that count towards the budget. Empty (the default) for complete and pruned.</summary>
    public IReadOnlyList<TrialState> CountedStates { get; init; } = [];

    /// <summary>The launcher's run, or null when no launcher started this process.</summary>
    public string? Run { get; init; }

    /// <summary>How often a running trial sends a heartbeat, or null for never.</summary>
    public TimeSpan? HeartbeatInterval { get; init; }

    /// <summary>After how long without a heartbeat a running trial is failed; <see cref="HeartbeatsPerGrace"/> intervals
    /// where the launcher names none, and null where there are no heartbeats.</summary>
    public TimeSpan? HeartbeatGrace { get; init; }

    /// <summary>How often a trial that lost its worker is retried with the same parameters. Default 0.</summary>
    public int RetryFailed { get; init; }

    /// <summary>Reads the contract from this process's environment.</summary>
    /// <exception cref="FormatException">A variable does not hold a number; the message names it.</exception>
    public static WorkerEnvironment Read() => Read(Environment.GetEnvironmentVariable);

    /// <summary>Reads the contract from any source of variables.</summary>
    /// <param name="variable">Gives a variable's value by its name, or null.</param>
    /// <exception cref="FormatException">A variable does not hold a number; the message names it.</exception>
    public static WorkerEnvironment Read(Func<string, string?> variable)
    {
        ArgumentNullException.ThrowIfNull(variable);
        return new WorkerEnvironment
        {
            Storage = Text(StorageVariable),
            StorageEngine = ReadStorageEngine(variable),
            StudyName = Text(StudyVariable),
            Index = Number(IndexVariable) ?? 0,
            Count = Number(CountVariable) ?? 1,
            Restart = Number(RestartVariable) ?? 0,
            Seed = Number(SeedVariable),
            TotalTrials = Number(TotalTrialsVariable),
            CountedStates = States(CountedStatesVariable),
            Run = Text(RunVariable),
            HeartbeatInterval = Seconds(HeartbeatIntervalVariable),
            HeartbeatGrace = Seconds(HeartbeatGraceVariable) ?? Seconds(HeartbeatIntervalVariable) * HeartbeatsPerGrace,
            RetryFailed = Number(RetryFailedVariable) ?? 0,
        };

        string? Text(string name) => variable(name) is { Length: > 0 } value ? value : null;

        TimeSpan? Seconds(string name) => Number(name) is { } seconds and > 0 ? TimeSpan.FromSeconds(seconds) : null;

        TrialState[] States(string name) =>
            Text(name) is not { } value ? [] : Array.ConvertAll(value.Split(','), state =>
                Enum.TryParse(state.Trim(), ignoreCase: true, out TrialState known) && known.IsFinished()
                    ? known
                    : throw new FormatException($"{name} is '{value}', which is not a list of complete, pruned and fail."));

        int? Number(string name) =>
            Text(name) is not { } value ? null
            : int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int number) ? number
            : throw new FormatException($"{name} is '{value}', which is not a whole number. The launcher sets it; " +
                                        "unset it to run the worker alone.");
    }

    /// <summary>Whose code shall work on a storage.</summary>
    /// <param name="variable">Gives a variable's value by its name, or null.</param>
    /// <exception cref="FormatException">The variable holds something else.</exception>
    internal static StorageEngine ReadStorageEngine(Func<string, string?> variable) =>
        variable(StorageEngineVariable)?.ToLowerInvariant() switch
        {
            null or "" or "native" => StorageEngine.Native,
            "optuna" => StorageEngine.Optuna,
            var other => throw new FormatException($"{StorageEngineVariable} is '{other}', which is neither native nor optuna."),
        };

    /// <summary>Whether the other one has the same values, the states in the same order.</summary>
    public bool Equals(WorkerEnvironment? other) =>
        other is not null && ToVariables().ToHashSet().SetEquals(other.ToVariables());

    /// <summary>The contract by name, with the URL's password masked and numbers in no country's form.</summary>
    public override string ToString() => $"{nameof(WorkerEnvironment)} {{ " + string.Join(", ", ToVariables().Select(variable =>
        $"{variable.Key} = {(variable.Key == StorageVariable ? StorageUrl.MaskAll(variable.Value) : variable.Value)}")) + " }";

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Storage, StudyName, Index, Count, Restart, Seed, TotalTrials, Run);

    /// <summary>The variables to set for a worker; those that have no value are left out.</summary>
    public IReadOnlyDictionary<string, string> ToVariables()
    {
        var variables = new Dictionary<string, string>();
        Add(StorageVariable, Storage);
        Add(StorageEngineVariable, StorageEngine is StorageEngine.Optuna ? "optuna" : null);
        Add(StudyVariable, StudyName);
        Add(IndexVariable, Invariant(Index));
        Add(CountVariable, Invariant(Count));
        Add(RestartVariable, Invariant(Restart));
        Add(SeedVariable, Seed is { } seed ? Invariant(seed) : null);
        Add(TotalTrialsVariable, TotalTrials is { } total ? Invariant(total) : null);
        Add(CountedStatesVariable, CountedStates.Count == 0 ? null : string.Join(',', CountedStates).ToLowerInvariant());
        Add(RunVariable, Run);
        Add(HeartbeatIntervalVariable, Seconds(HeartbeatInterval));
        Add(HeartbeatGraceVariable, Seconds(HeartbeatGrace));
        Add(RetryFailedVariable, RetryFailed > 0 ? Invariant(RetryFailed) : null);
        return variables;

        static string Invariant(int number) => number.ToString(CultureInfo.InvariantCulture);

        static string? Seconds(TimeSpan? time) => time is { } span ? Invariant((int)Math.Ceiling(span.TotalSeconds)) : null;

        void Add(string name, string? value)
        {
            if (value is not null) variables.Add(name, value);
        }
    }
}
