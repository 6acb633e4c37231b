using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Objectives;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Runs the trials of a study over one of the program's objectives.</summary>
/// <param name="run">How the study is run.</param>
/// <param name="settings">What its scores depend on.</param>
/// <param name="grid">The values that a grid sampler tries.</param>
/// <param name="time">The clock that the elapsed time is read from.</param>
/// <param name="directions">What is better, for each value of the objective; null for one that is maximised.</param>
internal sealed class StudyTuning(
    StudyRun run,
    IObjectiveSettings settings,
    IReadOnlyDictionary<string, IReadOnlyList<object?>> grid,
    TimeProvider time,
    IReadOnlyList<StudyDirection>? directions = null)
{
    /// <summary>Hyperparameters that a new study tries first, as far as its budget goes.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, object?>> FirstTrials { get; init; } = [];

    private readonly IReadOnlyList<StudyDirection> _directions = directions ?? [StudyDirection.Maximize];

    /// <summary>Runs the trials of an objective with one value, and reports what they found.</summary>
    /// <param name="objective">Gives the value of a trial.</param>
    /// <param name="cancellation">Ends the run.</param>
    public Task RunAsync(Func<Trial, double> objective, CancellationToken cancellation) =>
        RunAsync(trial => (IReadOnlyList<double>)[objective(trial)], cancellation);

    /// <summary>Runs the trials and reports what they found.</summary>
    /// <param name="objective">Gives the values of a trial.</param>
    /// <param name="cancellation">Ends the run.</param>
    public async Task RunAsync(Func<Trial, IReadOnlyList<double>> objective, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        using Study study = Study.Create(new StudyOptions
        {
            Name = run.Target.Name,
            Storage = run.Target.Open(),
            Directions = _directions,
            Sampler = SamplerChoice.Create(run.Sampler, run.Seed, grid),
            Pruner = PrunerChoice.Create(run.Pruner),
            LoadIfExists = true,
        });
        KeepSettings(study);
        await TuneProgress.RunAsync(study, run, objective, cancellation);

        TuneDocument document = TuneDocument.From(study, run, time.GetElapsedTime(start));
        if (run.Output.Json) run.Output.WriteJson(document);
        else TuneReport.Write(run.Output.Results, document);
    }

    // Scores of different settings must not be mixed in one study.
    private void KeepSettings(Study study)
    {
        IReadOnlyDictionary<string, object?> existing = study.UserAttrs;
        IReadOnlyDictionary<string, object?> wanted = settings.ToUserAttrs();
        object? objective = existing.GetValueOrDefault(IObjectiveSettings.ObjectiveKey);
        if (objective is null && !study.Trials.Any(trial => trial.State.IsFinished()))
        {
            foreach ((string key, object? value) in wanted.Concat(settings.ToHints())) study.SetUserAttr(key, value);
            foreach (IReadOnlyDictionary<string, object?> first in FirstTrials.Take(run.NTrials ?? run.Worker.TotalTrials ?? int.MaxValue))
                study.EnqueueTrial(first, skipIfExists: true);
            study.SetUserAttr(IObjectiveSettings.ObjectiveKey, settings.ObjectiveName);
        }
        else if (objective as string != settings.ObjectiveName)
        {
            throw new UserError(
                $"The study '{study.Name}' exists and is none of '{settings.ObjectiveName}': choose another --study.");
        }
        else if (wanted.Keys.Where(key => !Equals(existing.GetValueOrDefault(key), wanted[key])).ToArray() is { Length: > 0 } other)
        {
            throw new UserError(
                $"The study '{study.Name}' was made with other settings ({Describe(other, existing)}, now " +
                $"{Describe(other, wanted)}), and its scores would not compare: give the same options and data, or choose " +
                "another --study.");
        }
    }

    private static string Describe(IEnumerable<string> keys, IReadOnlyDictionary<string, object?> values) =>
        string.Join(" ", keys.Select(key => FormattableString.Invariant($"{key}={values.GetValueOrDefault(key) ?? "all"}")));
}
