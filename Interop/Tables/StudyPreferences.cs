using System.Globalization;

namespace Hpo.Interop.Tables;

/// <summary>
/// What people preferred in a preferential study of optuna-dashboard, which keeps all of it in system attributes of the study. Anybody
/// may write anything there: what is of no known form is left out.
/// </summary>
internal sealed class StudyPreferences
{
    public const string ComponentKey = "preference:component", PairsPrefix = "preference:values", SkippedPrefix = "preference:skip_trial:",
        ChoicePrefix = "preference:history";

    private const string KindKey = "preference:is_preferential", WantedKey = "preference:n_generate";

    private readonly IReadOnlyDictionary<string, object?> _attrs;
    private readonly HashSet<int> _beaten;
    private readonly HashSet<long> _skipped = [];

    private StudyPreferences(IReadOnlyDictionary<string, object?> attrs)
    {
        _attrs = attrs;
        foreach (string key in attrs.Keys)
        {
            if (After(SkippedPrefix, key) is { } trial && long.TryParse(trial, NumberStyles.None, CultureInfo.InvariantCulture, out long id)) _skipped.Add(id);
        }
        Pairs = [.. attrs.Where(pair => After(PairsPrefix, pair.Key) is not null).SelectMany(pair => PairsOf(pair.Value))];
        _beaten = [.. Pairs.Select(pair => pair.Worse)];
        Choices = [.. attrs.Keys.Select(key => After(ChoicePrefix, key)).OfType<string>().Select(ChoiceOf).OfType<PreferenceChoice>()
            .OrderBy(choice => choice.Made)];
    }

    /// <summary>How many trials the program wants to be compared at a time; null where that is not known.</summary>
    public long? Wanted => _attrs.GetValueOrDefault(WantedKey) as long?;

    /// <summary>All comparisons, also those that a program reported.</summary>
    public IReadOnlyList<(int Better, int Worse)> Pairs { get; }

    /// <summary>What people chose, also what they took back, the first one first.</summary>
    public IReadOnlyList<PreferenceChoice> Choices { get; }

    /// <summary>The user attribute that names the artifact by which a trial is judged; null where its note is what is judged.</summary>
    public string? ArtifactKey => _attrs.GetValueOrDefault(ComponentKey) is OrderedDictionary<string, object?> component
        && component.GetValueOrDefault("output_type") is "artifact" ? component.GetValueOrDefault("artifact_key") as string : null;

    /// <summary>The numbers of the trials that were better than another one, and worse than none: skipped ones are among them.</summary>
    public IEnumerable<int> Unbeaten => Pairs.Select(pair => pair.Better).Distinct().Where(number => !_beaten.Contains(number)).Order();

    public static bool IsPreferential(IReadOnlyDictionary<string, object?> systemAttrs) => systemAttrs.GetValueOrDefault(KindKey) is true;

    /// <summary>Reads them; null for a study of any other kind.</summary>
    public static StudyPreferences? Of(IReadOnlyDictionary<string, object?> systemAttrs) => IsPreferential(systemAttrs) ? new StudyPreferences(systemAttrs) : null;

    /// <summary>Whether a trial is not to be compared any more.</summary>
    /// <param name="key">The trial's key in the tables.</param>
    public bool IsSkipped(long key) => _skipped.Contains(key);

    /// <summary>Whether a trial is to be compared, once there is something to judge it by: by the rule of <c>should_generate</c>.</summary>
    /// <param name="key">The trial's key in the tables.</param>
    /// <param name="number">Its number.</param>
    /// <param name="state">Its state. A trial runs until it is first compared.</param>
    public bool Awaits(long key, int number, TrialState state) =>
        state is TrialState.Running or TrialState.Complete && !_beaten.Contains(number) && !IsSkipped(key);

    /// <summary>Whether there is what a trial is to be judged by, and the id of its artifact, where it is one.</summary>
    /// <param name="key">The trial's key in the tables.</param>
    /// <param name="userAttrs">Its user attributes.</param>
    /// <param name="systemAttrs">Its system attributes.</param>
    public (bool IsThere, string? Artifact) Shown(long key, IReadOnlyDictionary<string, object?> userAttrs, IReadOnlyDictionary<string, object?> systemAttrs)
    {
        if (ArtifactKey is not { } attribute)
        {
            var note = new StudyNoteKeys(key);
            return (_attrs.ContainsKey(note.Version) && _attrs.GetValueOrDefault(note.Chunk(0)) is string { Length: > 0 }, null);
        }
        return userAttrs.GetValueOrDefault(attribute) is string id
            && (IsArtifact(systemAttrs.GetValueOrDefault(StudyArtifacts.Prefix + id)) || IsArtifact(_attrs.GetValueOrDefault(StudyArtifacts.OldPrefix(key) + id)))
            ? (true, id)
            : (false, null);
    }

    /// <summary>The comparisons of a choice, whether or not it was taken back; null where there is no such choice.</summary>
    public IReadOnlyList<(int Better, int Worse)>? PairsOfChoice(string id) =>
        Recorded(id) is { } recorded ? [.. PairsOf(recorded.GetValueOrDefault("preferences"))] : null;

    private PreferenceChoice? ChoiceOf(string id)
    {
        if (Recorded(id) is not { } recorded || recorded.GetValueOrDefault("mode") is not "ChooseWorst" || NumberOf(recorded.GetValueOrDefault("clicked")) is not { } worst
            || recorded.GetValueOrDefault("candidates") is not object?[] candidates)
            return null;
        // Python writes local time without a zone.
        DateTime? made = recorded.GetValueOrDefault("timestamp") is string text
            && DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out DateTime time)
                ? time.Kind == DateTimeKind.Utc ? time.ToLocalTime() : time : null;
        bool counts = _attrs.GetValueOrDefault(PairsPrefix + id) is object?[] { Length: > 0 };
        return new PreferenceChoice(id, made, [.. candidates.Select(NumberOf).OfType<int>()], worst, !counts);
    }

    private OrderedDictionary<string, object?>? Recorded(string id) =>
        _attrs.GetValueOrDefault(ChoicePrefix + id) is string json && PythonJson.TryParse(json, out object? recorded) ? recorded as OrderedDictionary<string, object?> : null;

    private static IEnumerable<(int Better, int Worse)> PairsOf(object? value)
    {
        foreach (object? pair in value as object?[] ?? [])
        {
            if (pair is object?[] { Length: 2 } both && NumberOf(both[0]) is { } better && NumberOf(both[1]) is { } worse) yield return (better, worse);
        }
    }

    private static bool IsArtifact(object? attribute) => attribute is string json && PythonJson.TryParse(json, out object? meta) && meta is not null;

    private static int? NumberOf(object? value) => value is long and >= 0 and <= int.MaxValue ? (int)(long)value : null;

    private static string? After(string prefix, string key) => key.StartsWith(prefix, StringComparison.Ordinal) ? key[prefix.Length..] : null;
}

/// <summary>What a person chose.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Made">When, in local time; null where that is not known.</param>
/// <param name="Candidates">The numbers of the trials that were compared.</param>
/// <param name="Worst">Which of them is the worst.</param>
/// <param name="IsTakenBack">Whether it does not count any more.</param>
internal sealed record PreferenceChoice(string Id, DateTime? Made, IReadOnlyList<int> Candidates, int Worst, bool IsTakenBack);
