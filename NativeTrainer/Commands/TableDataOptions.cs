using System.CommandLine;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.NativeTrainer.Objectives;
using Hpo.NativeTrainer.Tables;
using Hpo.NativeTrainer.Tables.Models;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Which table a command uses, and how.</summary>
internal sealed class TableDataOptions
{
    private static readonly TableOptions ByDefault = new("", "");

    private readonly Option<string> _data = new("--data") { Description = "The table: CSV (also .gz) or Parquet", HelpName = "file", Required = true };
    private readonly Option<string> _target = new("--target") { Description = "The column to predict", HelpName = "column", Required = true };

    private readonly Option<string> _task = CommonOptions.OneOf(
        "--task", "What is predicted; auto infers it from the column", ["auto", "regression", "binary", "multiclass"], ByDefault.Task);

    private readonly Option<string[]> _metrics = Names(
        "--metric", $"How a model is scored, with several names a Pareto front is searched: {string.Join(", ", TableMetric.Names)} [default: rmse, auc or accuracy, by the task]", TableMetric.Names);

    private readonly Option<string[]> _models = Names(
        "--models", $"The models to choose from: {string.Join(", ", TableModels.Names)} [default: all that can learn the target]", TableModels.Names);

    private readonly Option<int> _folds = TrainerOptions.Folds();

    private readonly Option<double?> _validation = CommonOptions.Optional<double>(
        "--validation", "Instead of folds: share of the rows that trials are scored on", share => share is > 0 and < 1, "between 0 and 1");

    private readonly Option<string?> _test = new("--test") { Description = "A file with the rows to test with [default: rows are set aside]", HelpName = "file" };

    private readonly Option<double> _testSize = CommonOptions.Checked(
        "--test-size", "Share of the rows set aside for the test", ByDefault.TestSize, share => share is >= 0 and < 1, "at least 0 and below 1");

    private readonly Option<string?> _group = Column("--group", "A column whose equal values stay together in every split; it is no feature");
    private readonly Option<string?> _order = Column("--order", "A column of times: every split is scored on later rows than it is trained on; it is no feature");
    private readonly Option<string[]> _ignore = Names("--ignore", "Columns that are not used");
    private readonly Option<string[]> _categorical = Names("--categorical", "Columns that are categories whatever they look like");
    private readonly Option<string[]> _text = Names("--text", "Columns that are texts whatever they look like");

    private readonly TableFormOptions _form = new();
    private readonly Option<string?> _space = new("--space") { Description = "A JSON file that narrows the search space", HelpName = "file" };
    private readonly Option<long> _splitSeed = CommonOptions.Checked(
        "--split-seed", "Seed of the splits and of each training", 0L, seed => seed is >= 0 and <= int.MaxValue, "between 0 and 2147483647");

    public void AddTo(Command command)
    {
        foreach (Option option in (Option[])
                 [_data, _target, _task, _metrics, _models, _folds, _validation, _test, _testSize, _group, _order, _ignore, _categorical, _text, _space,
                 _splitSeed])
            command.Options.Add(option);
        _form.AddTo(command);
    }

    /// <exception cref="UserError">Options exclude each other.</exception>
    public TableOptions Read(ParseResult parsed)
    {
        if (parsed.GetValue(_validation) is not null && parsed.GetResult(_folds) is { Implicit: false })
            throw new UserError("--folds and --validation exclude each other: give one of them.");
        if (parsed.GetValue(_test) is not null && parsed.GetResult(_testSize) is { Implicit: false })
            throw new UserError("--test and --test-size exclude each other: give one of them.");
        return new TableOptions(parsed.GetValue(_data)!, parsed.GetValue(_target)!)
        {
            Task = parsed.GetValue(_task)!,
            Metrics = parsed.GetValue(_metrics),
            Models = parsed.GetValue(_models),
            Folds = parsed.GetValue(_folds),
            Validation = parsed.GetValue(_validation),
            Test = parsed.GetValue(_test),
            TestSize = parsed.GetValue(_testSize),
            Group = parsed.GetValue(_group),
            Order = parsed.GetValue(_order),
            Ignore = parsed.GetValue(_ignore),
            Categorical = parsed.GetValue(_categorical),
            Text = parsed.GetValue(_text),
            Separator = _form.Separator(parsed),
            DecimalSeparator = _form.Decimal(parsed),
            Space = parsed.GetValue(_space),
            SplitSeed = (int)parsed.GetValue(_splitSeed),
        };
    }

    private static Option<string?> Column(string name, string description) => new(name) { Description = description, HelpName = "column" };

    // Several values follow the option, or are comma-separated, or the option is given several times.
    private static Option<string[]> Names(string name, string description, IReadOnlyList<string>? known = null)
    {
        var option = new Option<string[]>(name)
        {
            Description = description,
            HelpName = known is null ? "columns" : "names",
            AllowMultipleArgumentsPerToken = true,
            CustomParser = result => [.. result.Tokens.SelectMany(token => known is null
                ? [token.Value] : token.Value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))],
        };
        if (known is not null)
        {
            option.Validators.Add(result =>
            {
                foreach (string given in result.GetValueOrDefault<string[]>() ?? [])
                    if (!known.Contains(given)) result.AddError($"{name} must be out of {string.Join(", ", known)}, and not '{given}'.");
            });
        }

        return option;
    }
}
