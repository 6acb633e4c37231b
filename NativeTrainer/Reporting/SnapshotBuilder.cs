using System.Collections;
using System.Globalization;
using System.Text.Json;
using Hpo.Interop;

namespace Hpo.NativeTrainer.Reporting;

/// <summary>Makes the snapshot of a study from its trials, wherever they were read.</summary>
internal static class SnapshotBuilder
{
    /// <param name="facts">What is known of the study itself.</param>
    /// <param name="trials">All its trials, by number.</param>
    /// <param name="importance">How much each parameter matters.</param>
    public static StudySnapshot Build(StudyFacts facts, IReadOnlyList<FrozenTrial> trials, ImportanceSnapshot importance)
    {
        IReadOnlyList<ParameterSnapshot> parameters = Parameters(trials);
        return new StudySnapshot
        {
            Name = facts.Name,
            Storage = facts.Storage,
            TakenAt = Milliseconds(facts.TakenAt),
            Objectives = [.. facts.Directions.Select((direction, index) => new ObjectiveSnapshot(
                facts.Directions.Count == 1 ? "Value" : $"Objective {index}",
                direction == StudyDirection.Maximize ? "maximize" : "minimize"))],
            Parameters = parameters,
            Trials = [.. trials.Select(trial => Trial(trial, parameters))],
            Best = [.. BestTrials.Of(trials, facts.Directions).Select(trial => trial.Number)],
            Importance = importance,
            Pruning = PruningSaving.Of(trials),
            UserAttrs = Texts(facts.UserAttrs),
        };
    }

    private static ParameterSnapshot[] Parameters(IReadOnlyList<FrozenTrial> trials)
    {
        var parameters = new OrderedDictionary<string, Distribution>();
        foreach ((string name, Distribution distribution) in trials.SelectMany(trial => trial.Distributions))
            parameters.TryAdd(name, distribution);
        return [.. parameters.Select(pair => pair.Value switch
        {
            CategoricalDistribution categorical => new ParameterSnapshot(
                pair.Key, "categorical", Log: false, [.. categorical.Choices.Select(Text)]),
            IntDistribution range => new ParameterSnapshot(pair.Key, "int", range.Log, Choices: null),
            _ => new ParameterSnapshot(pair.Key, "float", pair.Value is FloatDistribution { Log: true }, Choices: null),
        })];
    }

    private static TrialSnapshot Trial(FrozenTrial trial, IReadOnlyList<ParameterSnapshot> parameters) => new(
        trial.Number,
        trial.State.ToString().ToUpperInvariant(),
        trial.Values,
        [.. parameters.Select(parameter => Number(trial, parameter))],
        trial.DatetimeStart is { } start ? Milliseconds(start) : null,
        trial.DatetimeComplete is { } end ? Milliseconds(end) : null,
        [.. trial.IntermediateValues.Select(pair => new[] { pair.Key, pair.Value })],
        BestTrials.IsFeasible(trial),
        trial.UserAttrs.Count == 0 ? null : Texts(trial.UserAttrs));

    private static double? Number(FrozenTrial trial, ParameterSnapshot parameter)
    {
        if (!trial.Params.TryGetValue(parameter.Name, out object? value)) return null;
        if (parameter.Choices is null) return Convert.ToDouble(value, CultureInfo.InvariantCulture);
        string text = Text(value);
        for (int i = 0; i < parameter.Choices.Count; i++)
        {
            if (parameter.Choices[i] == text) return i;
        }
        return null;
    }

    private static OrderedDictionary<string, string> Texts(IReadOnlyDictionary<string, object?> attrs) =>
        new(attrs.Select(pair => KeyValuePair.Create(pair.Key, Text(pair.Value))));

    private static string Text(object? value) => value switch
    {
        null => "None",
        string text => text,
        bool flag => flag ? "True" : "False",
        double number => number.ToString("R", CultureInfo.InvariantCulture),
        IEnumerable => JsonSerializer.Serialize(value, SnapshotJson.Format),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    /// <summary>Since 1970. The times of trials have no zone: they are kept as they are.</summary>
    public static double Milliseconds(DateTime time) => (time - DateTime.UnixEpoch).TotalMilliseconds;
}

/// <summary>What a snapshot shows of a study besides its trials.</summary>
/// <param name="Name">The study's name.</param>
/// <param name="Storage">Its storage's URL, without the password.</param>
/// <param name="Directions">What is better, for each objective.</param>
/// <param name="UserAttrs">What the user attached.</param>
/// <param name="TakenAt">The time now, in the clock that the trials' times are in.</param>
internal sealed record StudyFacts(
    string Name,
    string Storage,
    IReadOnlyList<StudyDirection> Directions,
    IReadOnlyDictionary<string, object?> UserAttrs,
    DateTime TakenAt);
