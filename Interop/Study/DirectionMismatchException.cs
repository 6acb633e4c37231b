namespace Hpo.Interop;

/// <summary>
/// A study was to be created or loaded with directions that differ from those it has. Optuna itself would go on
/// silently with the existing ones.
/// </summary>
public sealed class DirectionMismatchException : OptunaException
{
    internal DirectionMismatchException(
        string name, IReadOnlyList<StudyDirection> existing, IReadOnlyList<StudyDirection> requested)
        : base($"The study '{name}' exists with the direction {Names(existing)}, and {Names(requested)} was asked for. " +
               "Leave the direction out to go on with it, or choose another study name.") =>
        (Existing, Requested) = (existing, requested);

    /// <summary>The directions that the study has.</summary>
    public IReadOnlyList<StudyDirection> Existing { get; }

    /// <summary>The directions that were asked for.</summary>
    public IReadOnlyList<StudyDirection> Requested { get; }

    private static string Names(IReadOnlyList<StudyDirection> directions) =>
        string.Join(", ", directions.Select(direction => direction.Name()));
}
