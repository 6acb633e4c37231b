namespace Hpo.NativeTrainer.Tables.Space;

/// <summary>
/// Where a model has its hyperparameters from: a trial that suggests them, a finished trial, a model's own defaults. A model
/// names each with its range and its default, and knows no more.
/// </summary>
internal interface IHyperparameters
{
    /// <summary>A number in [<paramref name="low"/>, <paramref name="high"/>].</summary>
    /// <param name="name">Its name in the study.</param>
    /// <param name="low">The least value.</param>
    /// <param name="high">The greatest value.</param>
    /// <param name="byDefault">What the model takes without a search.</param>
    /// <param name="log">Whether it is searched on a logarithmic scale.</param>
    double Float(string name, double low, double high, double byDefault, bool log = false);

    /// <summary>A whole number in [<paramref name="low"/>, <paramref name="high"/>].</summary>
    /// <inheritdoc cref="Float" path="/param"/>
    int Int(string name, int low, int high, int byDefault, bool log = false);

    /// <summary>One of some names; the first is the default.</summary>
    string Choice(string name, params IReadOnlyList<string> choices);
}
