namespace Hpo.NativeTrainer.Classifiers;

/// <summary>The classifiers' names on the command line and in JSON.</summary>
internal static class ModelKinds
{
    public static IReadOnlyList<string> Names { get; } = [.. Enum.GetValues<ModelKind>().Select(Name)];

    public static string Name(this ModelKind kind) => kind.ToString().ToLowerInvariant();

    /// <exception cref="ArgumentException">No classifier has this name; the message lists those that exist.</exception>
    public static ModelKind Parse(string name) => Names.Contains(name)
        ? Enum.Parse<ModelKind>(name, ignoreCase: true)
        : throw new ArgumentException($"Unknown model '{name}': choose one of {string.Join(", ", Names)}.", nameof(name));

    /// <summary>How the classifier is trained.</summary>
    public static IClassifierTrainer Trainer(this ModelKind kind) => kind switch
    {
        ModelKind.Forest => new RandomForestTrainer(),
        ModelKind.FastForest => new FastForestTrainer(),
        ModelKind.LightGbm => new LightGbmTrainer(),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, null),
    };
}
