using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop;

/// <summary>What a storage knows of a study without its trials. Optuna's <c>StudySummary</c>.</summary>
/// <param name="StudyName">Its name.</param>
/// <param name="Directions">What is better, for each objective.</param>
/// <param name="BestTrial">The best complete trial; null where there is none, where there are several objectives, or where
/// it was not asked for.</param>
/// <param name="UserAttrs">What the user attached to the study.</param>
/// <param name="NTrials">How many trials it has, in any state.</param>
/// <param name="DatetimeStart">When its first trial started; null where none has.</param>
public sealed record StudySummary(
    string StudyName,
    IReadOnlyList<StudyDirection> Directions,
    FrozenTrial? BestTrial,
    IReadOnlyDictionary<string, object?> UserAttrs,
    int NTrials,
    DateTime? DatetimeStart)
{
    /// <summary>What is better, for a single objective.</summary>
    /// <exception cref="InvalidOperationException">The study has several objectives: use <see cref="Directions"/>.</exception>
    public StudyDirection Direction() => StudyDirections.Single(Directions);

    /// <summary>Its facts by name, with numbers and times in no country's form.</summary>
    public override string ToString() => InvariantText.Of(this, PrintMembers);

    internal static StudySummary FromPython(PythonValue facts)
    {
        PythonValue[] fields = facts.AsList();
        return new StudySummary(
            fields[0].AsString(),
            StudyDirections.FromPython(fields[1]),
            fields[2].IsNone ? null : FrozenTrials.FromPython(fields[2]),
            Objects.FromPythonMap(fields[3]),
            checked((int)fields[4].AsInteger()),
            FrozenTrials.Time(fields[5]));
    }
}
