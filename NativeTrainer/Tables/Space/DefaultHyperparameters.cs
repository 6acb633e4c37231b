namespace Hpo.NativeTrainer.Tables.Space;

/// <summary>Each hyperparameter's default; of a choice that is given, that one.</summary>
/// <param name="given">Choices by name.</param>
internal sealed class DefaultHyperparameters(IReadOnlyDictionary<string, string> given) : IHyperparameters
{
    public double Float(string name, double low, double high, double byDefault, bool log) => byDefault;

    public int Int(string name, int low, int high, int byDefault, bool log) => byDefault;

    public string Choice(string name, params IReadOnlyList<string> choices) => given.GetValueOrDefault(name, choices[0]);
}
