namespace Hpo.NativeTrainer.Tables.Space;

/// <summary>What a model asks for: its hyperparameters with their ranges, as it names them.</summary>
internal sealed class HyperparameterList(IHyperparameters inner) : IHyperparameters
{
    private readonly List<Hyperparameter> _asked = [];

    /// <summary>What was asked for, in that order.</summary>
    public IReadOnlyList<Hyperparameter> Asked => _asked;

    public double Float(string name, double low, double high, double byDefault, bool log)
    {
        _asked.Add(new Hyperparameter(name, low, high, IsWhole: false, log, [], byDefault));
        return inner.Float(name, low, high, byDefault, log);
    }

    public int Int(string name, int low, int high, int byDefault, bool log)
    {
        _asked.Add(new Hyperparameter(name, low, high, IsWhole: true, log, [], byDefault));
        return inner.Int(name, low, high, byDefault, log);
    }

    public string Choice(string name, params IReadOnlyList<string> choices)
    {
        _asked.Add(new Hyperparameter(name, 0, 0, IsWhole: false, IsLog: false, choices, choices[0]));
        return inner.Choice(name, choices);
    }
}

/// <summary>A hyperparameter's place in a search space: a range, or choices.</summary>
internal sealed record Hyperparameter(string Name, double Low, double High, bool IsWhole, bool IsLog, IReadOnlyList<string> Choices, object Default);
