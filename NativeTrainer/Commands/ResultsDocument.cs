using Hpo.Interop;
using Hpo.Interop.Reporting.Snapshots;

namespace Hpo.NativeTrainer.Commands;

/// <summary>The JSON document of results.</summary>
/// <param name="Study">The study's name.</param>
/// <param name="Storage">Its storage, without the password.</param>
/// <param name="Directions">What is better, for each objective.</param>
/// <param name="Trials">The number of trials in each state.</param>
/// <param name="Best">The best trial; with several objectives, the Pareto front.</param>
/// <param name="Pruning">What pruning saved; null where no trial was pruned or no complete one reported values.</param>
/// <param name="TestAccuracy">The accuracy, in [0, 1], of the best parameters on the rows set aside; null for a study
/// that this program has no objective for, and for images without --evaluate.</param>
/// <param name="DefaultsTestAccuracy">The same of the course's own parameters; null for other studies than images.</param>
/// <param name="Table">The evaluation of a table study's best trial, with --evaluate; else null.</param>
internal sealed record ResultsDocument(
    string Study,
    string Storage,
    IReadOnlyList<string> Directions,
    IReadOnlyDictionary<string, int> Trials,
    IReadOnlyList<ResultsDocument.BestPart> Best,
    PruningSaving? Pruning,
    double? TestAccuracy,
    double? DefaultsTestAccuracy,
    TableEvaluation? Table)
{
    internal sealed record BestPart(int Number, IReadOnlyList<double> Values, IReadOnlyDictionary<string, object?> Params)
    {
        public static BestPart From(FrozenTrial trial) => new(trial.Number, trial.Values!, trial.Params);
    }
}
