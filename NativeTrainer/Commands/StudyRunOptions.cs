using System.CommandLine;
using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;

namespace Hpo.NativeTrainer.Commands;

/// <summary>How a study is run, as the command line and a launcher say.</summary>
internal sealed record StudyRun
{
    public required StudyTarget Target { get; init; }

    public required string Sampler { get; init; }

    public required string Pruner { get; init; }

    public required WorkerEnvironment Worker { get; init; }

    /// <summary>The sampler's seed, or null.</summary>
    public long? Seed { get; init; }

    /// <summary>How many trials this process runs; null for no limit of its own.</summary>
    public int? NTrials { get; init; }

    public TimeSpan? Timeout { get; init; }

    public int NJobs { get; init; } = 1;

    public bool Verbose { get; init; }

    public required CommandOutput Output { get; init; }

    /// <summary>Cores for one trial: those that a launcher left to this process, shared by its parallel trials.</summary>
    public int ThreadsPerTrial => Math.Max(1, ProcessorShare.Cores / TrainerOptions.Threads(NJobs));
}

/// <summary>The options that every objective's study shares.</summary>
/// <param name="defaultPruner">One of <see cref="PrunerChoice.Names"/>.</param>
internal sealed class StudyRunOptions(string defaultPruner)
{
    private const int DefaultTrials = 50;

    private readonly Option<int?> _nTrials = CommonOptions.Optional<int>(
        "--n-trials",
        $"Trials that this process runs [default: until the launcher's total or the grid is done, else {DefaultTrials}]",
        trials => trials >= 0,
        "at least 0");

    private readonly Option<string> _sampler =
        CommonOptions.OneOf("--sampler", "How hyperparameters are chosen", SamplerChoice.Names, SamplerChoice.Default);

    private readonly Option<string> _pruner =
        CommonOptions.OneOf("--pruner", "How unpromising trials are ended early", PrunerChoice.Names, defaultPruner);

    private readonly Option<long?> _seed = CommonOptions.Optional<long>(
        "--seed",
        $"Seed of the sampler [default: ${WorkerEnvironment.SeedVariable}, else a different one each time]",
        seed => seed is >= 0 and <= uint.MaxValue,
        "between 0 and 4294967295");

    private readonly Option<double?> _timeout = CommonOptions.Optional<double>(
        "--timeout", "Seconds after which no further trial starts", seconds => seconds > 0, "above 0");

    private readonly Option<int> _nJobs =
        TrainerOptions.Jobs("Trials to run at a time, -1 for one a core", byDefault: 1);

    private readonly Option<string?> _study = StudyTarget.StudyOption();
    private readonly Option<string?> _storage = StudyTarget.StorageOption();
    private readonly Option<string?> _engine = StudyTarget.EngineOption();
    private readonly Option<bool> _verbose = CommonOptions.Verbose();
    private readonly Option<bool> _json = CommonOptions.Json();

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])
                 [_nTrials, _sampler, _pruner, _seed, _timeout, _nJobs, _study, _storage, _engine, _verbose, _json])
            command.Options.Add(option);
    }

    /// <exception cref="UserError">The storage's URL or the worker contract is malformed.</exception>
    public StudyRun Read(ParseResult parsed, string defaultStudy)
    {
        WorkerEnvironment worker = StudyTarget.Worker();
        string sampler = parsed.GetValue(_sampler)!;
        bool endsByItself = sampler == SamplerChoice.Grid || worker.TotalTrials is not null || parsed.GetValue(_timeout) is not null;
        StudyTarget target = StudyTarget.Resolve(
            parsed.GetValue(_study), parsed.GetValue(_storage), defaultStudy, parsed.GetValue(_engine));
        target.RequireFolder();
        return new StudyRun
        {
            Target = target,
            Sampler = sampler,
            Pruner = parsed.GetValue(_pruner)!,
            Worker = worker,
            Seed = parsed.GetValue(_seed) ?? worker.Seed,
            NTrials = parsed.GetValue(_nTrials) ?? (endsByItself ? null : DefaultTrials),
            Timeout = parsed.GetValue(_timeout) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            NJobs = parsed.GetValue(_nJobs),
            Verbose = parsed.GetValue(_verbose),
            Output = CommandOutput.Of(parsed, _json),
        };
    }
}
