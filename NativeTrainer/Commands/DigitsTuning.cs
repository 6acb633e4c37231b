using Hpo.Interop;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Objectives;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Runs a study over the digits.</summary>
internal static class DigitsTuning
{
    public static async Task<int> RunAsync(
        DigitsSettings settings, StudyRun run, TimeProvider time, CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        OptunaStart.Start(run.Verbose);
        var objective = new DigitsObjective(DigitsDataset.Load(), settings, run.ThreadsPerTrial);
        using Study study = Study.Create(new StudyOptions
        {
            Name = run.Target.Name,
            Storage = run.Target.Open(),
            Direction = StudyDirection.Maximize,
            Sampler = SamplerChoice.Create(run.Sampler, run.Seed, DigitsObjective.Grid),
            Pruner = PrunerChoice.Create(run.Pruner),
            LoadIfExists = true,
        });
        KeepSettings(study, settings);
        await TuneProgress.RunAsync(study, run, objective.Run, cancellation);

        TuneDocument document = TuneDocument.From(study, run, time.GetElapsedTime(start));
        if (run.Output.Json) run.Output.WriteJson(document);
        else TuneReport.Write(run.Output.Results, document);
        return WorkerExitCode.Success;
    }

    // Scores of different settings must not be mixed in one study.
    private static void KeepSettings(Study study, DigitsSettings settings)
    {
        IReadOnlyDictionary<string, object?> attrs = study.UserAttrs;
        if (DigitsSettings.FromUserAttrs(attrs) is not { } existing)
        {
            if (study.Trials.Any(trial => trial.State.IsFinished()))
                throw new UserError($"The study '{study.Name}' exists and is not one of the digits: choose another --study.");
            foreach ((string key, object? value) in settings.ToUserAttrs()) study.SetUserAttr(key, value);
        }
        else if (existing != settings)
        {
            throw new UserError(
                $"The study '{study.Name}' was made with other settings ({Describe(existing)}, now {Describe(settings)}), " +
                "and its scores would not compare: give the same options, or choose another --study.");
        }
    }

    private static string Describe(DigitsSettings settings) =>
        string.Join(" ", settings.ToUserAttrs().Where(pair => pair.Value is not DigitsSettings.ObjectiveName)
            .Select(pair => FormattableString.Invariant($"{pair.Key}={pair.Value}")));
}
