using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Objectives;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Runs the trials of a study over one of the program's objectives.</summary>
/// <param name="run">How the study is run.</param>
/// <param name="settings">What its scores depend on.</param>
/// <param name="grid">The values that a grid sampler tries.</param>
/// <param name="time">The clock that the elapsed time is read from.</param>
internal sealed class StudyTuning(
    StudyRun run,
    IObjectiveSettings settings,
    IReadOnlyDictionary<string, IReadOnlyList<object?>> grid,
    TimeProvider time)
{
    /// <summary>Runs the trials and reports what they found.</summary>
    /// <param name="objective">Gives the value of a trial, which is maximised.</param>
    /// <param name="cancellation">Ends the run.</param>
    public async Task RunAsync(Func<Trial, double> objective, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        using Study study = Study.Create(new StudyOptions
        {
            Name = run.Target.Name,
            Storage = run.Target.Open(),
            Direction = StudyDirection.Maximize,
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
            foreach ((string key, object? value) in wanted) study.SetUserAttr(key, value);
            study.SetUserAttr(IObjectiveSettings.ObjectiveKey, settings.ObjectiveName);
        }
        else if (objective as string != settings.ObjectiveName)
        {
            throw new UserError(
                $"The study '{study.Name}' exists and is none of '{settings.ObjectiveName}': choose another --study.");
        }
        else if (wanted.Any(pair => !Equals(existing.GetValueOrDefault(pair.Key), pair.Value)))
        {
            throw new UserError(
                $"The study '{study.Name}' was made with other settings ({Describe(wanted.Keys, existing)}, now " +
                $"{Describe(wanted.Keys, wanted)}), and its scores would not compare: give the same options, or choose " +
                "another --study.");
        }
    }

    private static string Describe(IEnumerable<string> keys, IReadOnlyDictionary<string, object?> values) =>
        string.Join(" ", keys.Select(key => FormattableString.Invariant($"{key}={values.GetValueOrDefault(key) ?? "all"}")));
}
