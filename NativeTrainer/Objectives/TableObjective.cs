using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Tables.Models;
using Hpo.NativeTrainer.Tables.Training;

namespace Hpo.NativeTrainer.Objectives;

/// <summary>
/// The score of a model on a table: a trial chooses the model and its hyperparameters. In C# studies, and in Python's by
/// <c>hpo_dotnet.objective("table", data=…, target=…)</c>.
/// </summary>
/// <example><code>
/// var houses = new TableObjective(new TableOptions("houses.csv", "price"));
/// using Study study = Study.Create(new StudyOptions { Directions = houses.Directions });
/// study.Optimize(houses, new OptimizeOptions { NTrials = 50 });
/// </code></example>
[Objective(TableSettings.Name, Description = "The score of a model on a table of one's own; whether more is better depends on the metric")]
public sealed class TableObjective : IObjective
{
    private readonly TablePlan _plan;
    private readonly TableTraining _training;
    private readonly ScoredOn _score;

    /// <summary>Reads the table.</summary>
    /// <param name="options">The table and what is to be predicted of it.</param>
    /// <exception cref="ArgumentException">The table cannot be read or used so, or the options contradict each other: the message says
    /// what, where, and what helps.</exception>
    public TableObjective(TableOptions options)
        : this(PlanOf(options ?? throw new ArgumentNullException(nameof(options))), options.Threads, options.Score)
    {
    }

    internal TableObjective(TablePlan plan, int threads, ScoredOn score = ScoredOn.Validation) =>
        (_plan, _training, _score) = (plan, new TableTraining(plan, threads), score);

    /// <summary>What is better, for each metric.</summary>
    public IReadOnlyList<StudyDirection> Directions =>
        [.. _plan.Metrics.Select(metric => metric.Maximized ? StudyDirection.Maximize : StudyDirection.Minimize)];

    /// <summary>The metrics' names.</summary>
    public IReadOnlyList<string> MetricNames => [.. _plan.Metrics.Select(metric => metric.Name)];

    /// <summary>Trains and scores what the trial suggests. With one metric the mean so far is reported after each fold.</summary>
    /// <param name="trial">The trial.</param>
    /// <returns>The mean over the folds, for each metric.</returns>
    /// <exception cref="TrialPrunedException">The study's pruner ends the trial, or its hyperparameters lead to no model: then the trial's
    /// user attribute <c>prune_reason</c> says why.</exception>
    public ObjectiveValue Evaluate(Trial trial)
    {
        ArgumentNullException.ThrowIfNull(trial);
        ITableTrainer trainer = _plan.Configure(new SuggestedHyperparameters(trial));
        try
        {
            double[] values = _score is ScoredOn.Test
                ? _training.Test(_training.Train(trainer, trial.CancellationToken))
                : Validate(trainer, trial);
            return values is [var only] ? only : values;
        }
        catch (TableTrainingException error)
        {
            trial.SetUserAttr(ImageObjective.PruneReasonKey, error.Message);
            throw new TrialPrunedException(error.Message, error);
        }
    }

    private static TablePlan PlanOf(TableOptions options)
    {
        try
        {
            return TablePlanner.Plan(options);
        }
        catch (Exception error) when (error is IUserError)
        {
            throw new ArgumentException(error.Message, error);
        }
    }

    private double[] Validate(ITableTrainer trainer, Trial trial)
    {
        bool reports = _plan.Metrics.Count == 1; // Optuna prunes no study of several objectives
        List<double[]> scores = [];
        foreach (double[] score in _training.Scores(trainer, trial.CancellationToken))
        {
            scores.Add(score);
            if (!reports) continue;
            trial.Report(scores.Average(one => one[0]), scores.Count - 1);
            if (scores.Count < _plan.Folds.Count && trial.ShouldPrune()) throw new TrialPrunedException();
        }

        return [.. Enumerable.Range(0, _plan.Metrics.Count).Select(metric => scores.Average(one => one[metric]))];
    }
}
