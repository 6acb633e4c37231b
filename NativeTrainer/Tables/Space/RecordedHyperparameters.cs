namespace Hpo.NativeTrainer.Tables.Space;

/// <summary>The hyperparameters of a finished trial.</summary>
/// <param name="values">Its parameters by name.</param>
internal sealed class RecordedHyperparameters(IReadOnlyDictionary<string, object?> values) : IHyperparameters
{
    public double Float(string name, double low, double high, double byDefault, bool log) => (double)Value(name);

    public int Int(string name, int low, int high, int byDefault, bool log) => checked((int)(long)Value(name));

    public string Choice(string name, params IReadOnlyList<string> choices) => (string)Value(name);

    private object Value(string name) => values.GetValueOrDefault(name)
        ?? throw new ArgumentException($"The trial has no parameter '{name}': it was made by another version of the search space.");
}
