using Hpo.Interop;
using Hpo.NativeTrainer.Tables.Space;

namespace Hpo.NativeTrainer.Objectives;

/// <summary>The hyperparameters that a trial suggests.</summary>
internal sealed class SuggestedHyperparameters(Trial trial) : IHyperparameters
{
    public double Float(string name, double low, double high, double byDefault, bool log) => trial.SuggestFloat(name, low, high, log: log);

    public int Int(string name, int low, int high, int byDefault, bool log) => trial.SuggestInt(name, low, high, log: log);

    public string Choice(string name, params IReadOnlyList<string> choices) => trial.SuggestCategorical(name, choices);
}
