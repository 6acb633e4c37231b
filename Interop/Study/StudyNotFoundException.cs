namespace Hpo.Interop;

/// <summary>The storage has no study of that name.</summary>
public sealed class StudyNotFoundException : OptunaException
{
    internal StudyNotFoundException(string name, IReadOnlyList<string> names)
        : base($"There is no study '{name}' in the storage. " +
               (names.Count == 0 ? "It holds no studies." : $"It holds: {string.Join(", ", names)}.")) =>
        (StudyName, Names) = (name, names);

    /// <summary>The name that was asked for.</summary>
    public string StudyName { get; }

    /// <summary>The names of the studies that the storage does have.</summary>
    public IReadOnlyList<string> Names { get; }
}
