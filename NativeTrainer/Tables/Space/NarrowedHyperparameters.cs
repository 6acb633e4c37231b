namespace Hpo.NativeTrainer.Tables.Space;

/// <summary>Hyperparameters of which some have narrower ranges, or one value, by a <see cref="SearchSpaceFile"/>.</summary>
internal sealed class NarrowedHyperparameters(IHyperparameters inner, SearchSpaceFile space) : IHyperparameters
{
    public double Float(string name, double low, double high, double byDefault, bool log)
    {
        if (space.Find(name) is not { } given) return inner.Float(name, low, high, byDefault, log);
        (double least, double most) = given.Range(low, high);
        return inner.Float(name, least, most, Math.Clamp(byDefault, least, most), log);
    }

    public int Int(string name, int low, int high, int byDefault, bool log)
    {
        if (space.Find(name) is not { } given) return inner.Int(name, low, high, byDefault, log);
        (int least, int most) = given.WholeRange(low, high);
        return inner.Int(name, least, most, Math.Clamp(byDefault, least, most), log);
    }

    public string Choice(string name, params IReadOnlyList<string> choices) =>
        inner.Choice(name, space.Find(name) is { } given ? given.Choices(choices) : choices);
}
