using System.CommandLine;
using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Objectives;
using Hpo.NativeTrainer.Tables.Training;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Searches for the best model of a table.</summary>
internal static class TuneTableCommand
{
    public static Command Create(TimeProvider time)
    {
        var table = new TableDataOptions();
        var study = new StudyRunOptions(PrunerChoice.Median);
        Option<bool> dryRun = new("--dry-run") { Description = "Show what was read and inferred, and the search space, and run nothing" };
        var command = new Command(TableSettings.Name, "A table of your own, CSV or Parquet: the best of ML.NET's models, a random forest and a network")
        {
            dryRun,
        };
        table.AddTo(command);
        study.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            StudyRun run = study.Read(parsed, TableSettings.Name);
            TableOptions options = table.Read(parsed);
            TablePlan plan = TablePlanner.Plan(options);
            bool isDry = parsed.GetValue(dryRun);
            TableSummary.Write(isDry ? run.Output.Results : run.Output.Messages, plan);
            if (isDry)
            {
                TableSummary.WriteSpace(run.Output.Results, plan);
                return WorkerExitCode.Success;
            }

            if (run.Sampler == SamplerChoice.Grid)
                throw new UserError("--sampler grid: the search space of a table is not finite. Choose another sampler.");
            OptunaStart.Start(run.Verbose);
            var objective = new TableObjective(plan, run.ThreadsPerTrial);
            var settings = new TableSettings(options) { Plan = plan };
            var tuning = new StudyTuning(run, settings, new Dictionary<string, IReadOnlyList<object?>>(), time, objective.Directions)
            {
                // Each model's defaults are good candidates, and a study of a few trials has seen every model so.
                FirstTrials = [.. plan.Models.Select(model => plan.SearchSpaceOf(model).ToDictionary(asked => asked.Name, asked => (object?)asked.Default))],
            };
            await tuning.RunAsync(trial => objective.Evaluate(trial).Values, cancellation);
            return WorkerExitCode.Success;
        });
        return command;
    }
}
