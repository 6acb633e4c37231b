using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Objectives;
using Spectre.Console;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Runs a study's trials, with a bar on a terminal and a line a trial elsewhere.</summary>
internal static class TuneProgress
{
    /// <remarks>Returns when the last trial is recorded, also when the run is cancelled.</remarks>
    public static async Task RunAsync(
        Study study, StudyRun run, Func<Trial, IReadOnlyList<double>> objective, CancellationToken cancellation)
    {
        IAnsiConsole console = run.Output.Messages;
        if (!console.Profile.Capabilities.Interactive)
        {
            await OptimizeAsync(study, run, objective, trial => console.WriteLine(Line(study, trial)), cancellation);
            return;
        }
        int? goal = run.NTrials ?? run.Worker.TotalTrials;
        await ProgressBars.Create(console)
            .StartAsync(async context =>
            {
                ProgressTask bar = context.AddTask(Markup.Escape(study.Name), maxValue: goal ?? 1);
                bar.IsIndeterminate = goal is null;
                await OptimizeAsync(
                    study,
                    run,
                    objective,
                    trial =>
                    {
                        bar.Increment(1);
                        bar.Description = Markup.Escape($"{study.Name}: {Line(study, trial)}");
                    },
                    cancellation);
            });
    }

    private static Task OptimizeAsync(
        Study study,
        StudyRun run,
        Func<Trial, IReadOnlyList<double>> objective,
        Action<FrozenTrial> trialDone,
        CancellationToken cancellation) =>
        study.OptimizeAsync(
            objective,
            new OptimizeOptions
            {
                NTrials = run.NTrials,
                Timeout = run.Timeout,
                NJobs = run.NJobs,
                TotalTrials = run.Worker.TotalTrials,
                Callbacks = [(_, trial) => trialDone(trial)],
            },
            cancellation);

    private static string Line(Study study, FrozenTrial trial)
    {
        string outcome = trial.State == TrialState.Complete ? string.Join(", ", trial.Values!.Select(Texts.Value)) : trial.State.Name();
        if (trial.UserAttrs.GetValueOrDefault(ImageObjective.PruneReasonKey) is string reason) outcome += $" ({reason})";
        string best = trial.State == TrialState.Complete && study.Directions.Count == 1 ? $", best {Texts.Value(study.BestValue)}" : "";
        return $"trial {trial.Number}: {outcome} with {Texts.Parameters(trial.Params)}{best}";
    }
}
