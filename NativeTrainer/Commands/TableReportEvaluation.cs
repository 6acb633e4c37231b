using System.CommandLine;
using Hpo.Interop;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.Interop.Reporting.Commands;
using Hpo.Interop.Reporting.Snapshots;
using Hpo.NativeTrainer.Objectives;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Adds to the report of a table study what its model is worth, and which columns it needs.</summary>
internal sealed class TableReportEvaluation : IReportEvaluation
{
    private readonly Option<bool> _evaluate = new("--evaluate")
    {
        Description = "For tables: train and test the best trial's model and the defaults as 'results --evaluate' does, and show their " +
            "scores and the importance of the columns",
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "With --evaluate: the study's table [default: where 'tune' found it]",
        HelpName = "file",
    };

    private readonly Option<int?> _trial = ChosenTrial.Option("With --evaluate: the trial to test [default: the best]");

    public IReadOnlyList<Option> Options => [_evaluate, _data, _trial];

    public EvaluationSnapshot? Run(ParseResult parsed, StudyContents study, CancellationToken cancellation)
    {
        if (!parsed.GetValue(_evaluate)) return null;
        if (TableSettings.OptionsOf(study.UserAttrs) is null)
            throw new UserError($"--evaluate: the study '{study.Name}' is over no table. Leave it out, or see 'results --evaluate'.");
        var table = new TableResults(evaluate: true, parsed.GetValue(_data), save: null, onnx: null);
        IReadOnlyList<FrozenTrial> best = BestTrials.Of(study.Trials, study.Directions);
        FrozenTrial trial = ChosenTrial.Of(study.Name, study.Trials, best, parsed.GetValue(_trial))
            ?? throw new UserError(best.Count == 0
                ? $"--evaluate: the study '{study.Name}' has no complete trial. Run more of them by 'tune table'."
                : ChosenTrial.Several(study.Name, best));
        TableEvaluation evaluation = table.Run(trial, study.UserAttrs, cancellation)!;
        return new EvaluationSnapshot(
            evaluation.Trial,
            evaluation.Rows,
            evaluation.Metrics,
            [.. evaluation.Models().Select(model => new EvaluatedModel(model.Name, model.Scores))],
            [.. evaluation.Importance.Select(column => new EvaluatedColumn(column.Key, column.Value))]);
    }
}
