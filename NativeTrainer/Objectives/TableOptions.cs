using System.ComponentModel.DataAnnotations;

namespace Hpo.NativeTrainer.Objectives;

/// <summary>What a study over a table depends on: the settings of <c>hpo_dotnet.objective("table", …)</c> too.</summary>
/// <param name="Data">The file: CSV, also compressed by gzip, or Parquet.</param>
/// <param name="Target">The column to predict.</param>
/// <param name="Task"><c>regression</c>, <c>binary</c> or <c>multiclass</c>; <c>auto</c>, the default, infers it from the column.</param>
/// <param name="Metrics">One or several of <c>rmse</c>, <c>mae</c>, <c>r2</c>, <c>auc</c>, <c>accuracy</c>, <c>balanced-accuracy</c>,
/// <c>f1</c> and <c>log-loss</c>; with several a study looks for the Pareto front. Default: RMSE, AUC or accuracy, by the task.</param>
/// <param name="Models">The kinds of models to choose from. Default: all that the task allows.</param>
/// <param name="Folds">Folds of the cross-validation, at least 2. Default 5.</param>
/// <param name="Validation">Instead of folds, the share of the rows, in (0, 1), that trials are scored on. Default: folds.</param>
/// <param name="Test">A file with the rows to test with. Default: rows of <paramref name="Data"/> are set aside.</param>
/// <param name="TestSize">The share of the rows, in [0, 1), that is set aside for the test. Default 0.2.</param>
/// <param name="Group">A column whose equal values stay together in every split; it is no feature. Default none.</param>
/// <param name="Order">A column of times or numbers: every split is scored on later rows than it is trained on; it is no feature. Default none.</param>
/// <param name="Ignore">Columns that are not used. Default none.</param>
/// <param name="Categorical">Columns that are categories whatever they look like. Default none.</param>
/// <param name="Text">Columns that are texts whatever they look like. Default none.</param>
/// <param name="Separator">What parts the fields of a line, one character. Default: inferred.</param>
/// <param name="DecimalSeparator">What parts a number's fraction, <c>.</c> or <c>,</c>. Default: inferred.</param>
/// <param name="Space">A JSON file that narrows the search space. Default none.</param>
/// <param name="SplitSeed">Seed of the splits and of each training, at least 0. Default 0.</param>
/// <param name="Score">Whether a trial is scored on the validation rows (the default) or on the test rows.</param>
/// <param name="Threads">Threads for one trial, at least 1; no score depends on it. Default 1.</param>
public sealed record TableOptions(
    string Data,
    string Target,
    [AllowedValues("auto", "regression", "binary", "multiclass")] string Task = "auto",
    IReadOnlyList<string>? Metrics = null,
    IReadOnlyList<string>? Models = null,
    [Range(2, 1000)] int Folds = 5,
    [Range(0.0, 1.0, MinimumIsExclusive = true, MaximumIsExclusive = true)] double? Validation = null,
    string? Test = null,
    [Range(0.0, 1.0, MaximumIsExclusive = true)] double TestSize = 0.2,
    string? Group = null,
    string? Order = null,
    IReadOnlyList<string>? Ignore = null,
    IReadOnlyList<string>? Categorical = null,
    IReadOnlyList<string>? Text = null,
    string? Separator = null,
    [AllowedValues(".", ",", null)] string? DecimalSeparator = null,
    string? Space = null,
    [Range(0, int.MaxValue)] int SplitSeed = 0,
    ScoredOn Score = ScoredOn.Validation,
    [Range(1, 1024)] int Threads = 1);
