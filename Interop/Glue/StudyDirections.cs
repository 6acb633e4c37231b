using Hpo.Interop.Bridge;

namespace Hpo.Interop.Glue;

/// <summary>Directions on their way from Python.</summary>
internal static class StudyDirections
{
    public static IReadOnlyList<StudyDirection> FromPython(PythonValue names) =>
        Array.ConvertAll(names.AsList(), name => Enum.Parse<StudyDirection>(name.AsString(), ignoreCase: true));

    /// <exception cref="InvalidOperationException">There are several.</exception>
    public static StudyDirection Single(IReadOnlyList<StudyDirection> directions) => directions is [var direction]
        ? direction
        : throw new InvalidOperationException($"The study has {directions.Count} objectives: use Directions.");
}
