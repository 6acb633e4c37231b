using System.Globalization;
using Hpo.Interop.Tables;

namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>Makes the snapshot of a study from its trials, wherever they were read.</summary>
internal static class SnapshotBuilder
{
    /// <param name="facts">What is known of the study itself.</param>
    /// <param name="trials">All its trials, by number.</param>
    /// <param name="importance">How much each parameter matters.</param>
    public static StudySnapshot Build(StudyFacts facts, IReadOnlyList<FrozenTrial> trials, ImportanceSnapshot importance) =>
        Build(facts, new StudyTally(trials, facts.Directions), trials, importance, _ => true);

    /// <param name="facts">What is known of the study itself.</param>
    /// <param name="tally">What is known of all its trials.</param>
    /// <param name="trials">Those of its trials that the snapshot is to hold, by number.</param>
    /// <param name="importance">How much each parameter matters.</param>
    /// <param name="withCurve">Whether a trial is shown with its intermediate values; else only their number and the last one are.</param>
    public static StudySnapshot Build(
        StudyFacts facts, StudyTally tally, IReadOnlyList<FrozenTrial> trials, ImportanceSnapshot importance, Predicate<FrozenTrial> withCurve)
    {
        IReadOnlyList<ParameterSnapshot> parameters = tally.Parameters;
        bool withValues = facts.Preferential is null;
        return new StudySnapshot
        {
            Name = facts.Name,
            Storage = facts.Storage,
            TakenAt = Milliseconds(facts.TakenAt),
            TimeZone = TimeZone,
            Objectives = Objectives(facts.Directions, facts.UserAttrs, facts.SystemAttrs),
            Parameters = parameters,
            Trials = [.. trials.Select(trial => Trial(trial, parameters, facts.TrialNotes.GetValueOrDefault(trial.Number), withValues, withCurve(trial)))],
            Best = facts.Preferential?.Best ?? [.. tally.Best.Select(trial => trial.Number)],
            Importance = importance,
            Preferential = facts.Preferential?.Shown,
            Form = RegisteredForm.Of(facts.SystemAttrs),
            Pruning = tally.Pruning,
            UserAttrs = Texts(facts.UserAttrs),
            Note = StudyNotes.OfStudy(facts.SystemAttrs),
        };
    }

    /// <summary>What a study seeks: nothing where people compare its trials.</summary>
    public static IReadOnlyList<ObjectiveSnapshot> Objectives(
        IReadOnlyList<StudyDirection> directions, IReadOnlyDictionary<string, object?> userAttrs, IReadOnlyDictionary<string, object?> systemAttrs)
    {
        if (StudyPreferences.IsPreferential(systemAttrs)) return [];
        IReadOnlyList<string> names = ObjectiveNames.Of(directions.Count, userAttrs, systemAttrs);
        return [.. directions.Select((direction, index) => new ObjectiveSnapshot(
            names[index], direction == StudyDirection.Maximize ? "maximize" : "minimize"))];
    }

    /// <summary>The parameters that were drawn from some distributions.</summary>
    public static ParameterSnapshot[] Parameters(OrderedDictionary<string, Distribution> distributions) => [.. distributions.Select(pair => pair.Value switch
    {
        CategoricalDistribution categorical => new ParameterSnapshot(
            pair.Key, "categorical", Log: false, Low: null, High: null, Step: null, [.. categorical.Choices.Select(ValueText.Of)]),
        IntDistribution range => new ParameterSnapshot(pair.Key, "int", range.Log, range.Low, range.High, range.Step, Choices: null),
        FloatDistribution range => new ParameterSnapshot(pair.Key, "float", range.Log, range.Low, range.High, range.Step, Choices: null),
        _ => throw new InvalidOperationException($"There is no distribution {pair.Value}."),
    })];

    private static TrialSnapshot Trial(FrozenTrial trial, IReadOnlyList<ParameterSnapshot> parameters, NoteSnapshot? note, bool withValues, bool withCurve) => new(
        trial.Number,
        trial.State.Name(),
        // What is compared is complete with zeros.
        withValues ? trial.Values : null,
        [.. parameters.Select(parameter => Number(trial, parameter))],
        trial.DatetimeStart is { } start ? Milliseconds(start) : null,
        trial.DatetimeComplete is { } end ? Milliseconds(end) : null,
        withCurve ? [.. trial.IntermediateValues.Select(pair => new[] { pair.Key, pair.Value })] : null,
        trial.IsFeasible,
        trial.Constraints is { Count: > 0 } constraints ? constraints : null,
        trial.UserAttrs.Count == 0 ? null : Texts(trial.UserAttrs),
        Texts(trial.SystemAttrs.Where(pair => IsReadable(pair.Key))) is { Count: > 0 } system ? system : null,
        WorkerText(trial),
        note,
        withCurve ? null : trial.IntermediateValues.Count,
        withCurve || trial.IntermediateValues.Count == 0 ? null : trial.IntermediateValues.Last().Value);

    // Constraints and the worker have places of their own.
    private static bool IsReadable(string key) => !SamplerState.IsKey(key) && key is not (TrialOwner.Key or TrialConstraints.Key)
        && !key.StartsWith($"{TrialConstraints.Key}:", StringComparison.Ordinal);

    private static string? WorkerText(FrozenTrial trial)
    {
        if (TrialOwner.Of(trial) is not { } owner) return null;
        string host = owner.Host.Length == 0 ? "" : $" on {owner.Host}";
        string start = owner.Start == 0 ? "" : $", restart {owner.Start}";
        return string.Create(CultureInfo.InvariantCulture, $"{owner.Worker}{host}, process {owner.Pid}{start}, run {owner.Run}");
    }

    private static double? Number(FrozenTrial trial, ParameterSnapshot parameter)
    {
        if (!trial.Params.TryGetValue(parameter.Name, out object? value)) return null;
        // A parameter may have been another one in an earlier trial: then its value is not on this one's axis.
        if (parameter.Choices is null)
            return value is bool or long or int or double ? Convert.ToDouble(value, CultureInfo.InvariantCulture) : null;
        // 1, "1" and True are different choices, even where their texts are the same.
        if (trial.Distributions.GetValueOrDefault(parameter.Name) is CategoricalDistribution { Choices: var choices })
        {
            for (int i = 0; i < Math.Min(choices.Count, parameter.Choices.Count); i++)
            {
                if (Equals(choices[i], value) && ValueText.Of(value) == parameter.Choices[i]) return i;
            }
        }
        int byText = parameter.Choices.IndexOf(ValueText.Of(value));
        return byText < 0 ? null : byText;
    }

    private static OrderedDictionary<string, string> Texts(IEnumerable<KeyValuePair<string, object?>> attrs) =>
        new(attrs.Select(pair => KeyValuePair.Create(pair.Key, ValueText.Of(pair.Value))));

    /// <summary>Since 1970 in UTC. The times of trials have no zone: they are taken to be of this machine's.</summary>
    public static double Milliseconds(DateTime time) =>
        // In this order: at the ends of time there is no such DateTime in UTC.
        (time - DateTime.UnixEpoch - TimeZoneInfo.Local.GetUtcOffset(time)).TotalMilliseconds;

    // Windows has names of its own; a browser knows those of the tz database.
    private static string TimeZone { get; } =
        TimeZoneInfo.Local.HasIanaId ? TimeZoneInfo.Local.Id
        : TimeZoneInfo.TryConvertWindowsIdToIanaId(TimeZoneInfo.Local.Id, out string? name) ? name : "UTC";
}

/// <summary>What a snapshot shows of a study besides its trials.</summary>
/// <param name="Name">The study's name.</param>
/// <param name="Storage">Its storage's URL, without the password.</param>
/// <param name="Directions">What is better, for each objective.</param>
/// <param name="UserAttrs">What the user attached.</param>
/// <param name="SystemAttrs">What Optuna and its dashboard attached.</param>
/// <param name="TakenAt">The time now, in the clock that the trials' times are in.</param>
internal sealed record StudyFacts(
    string Name,
    string Storage,
    IReadOnlyList<StudyDirection> Directions,
    IReadOnlyDictionary<string, object?> UserAttrs,
    IReadOnlyDictionary<string, object?> SystemAttrs,
    DateTime TakenAt)
{
    /// <summary>The notes on trials, by the trials' numbers.</summary>
    public IReadOnlyDictionary<int, NoteSnapshot> TrialNotes { get; init; } = new Dictionary<int, NoteSnapshot>();

    /// <summary>What people preferred; null where it is not they who compare the trials.</summary>
    public PreferentialFacts? Preferential { get; init; }
}
