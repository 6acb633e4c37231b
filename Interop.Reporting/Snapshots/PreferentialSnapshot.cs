using Hpo.Interop.Tables;

namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>What a page shows of a preferential study, whose trials people compare: they have no values.</summary>
/// <param name="Wanted">How many trials the program wants to be compared at a time; null where that is not known.</param>
/// <param name="ArtifactKey">The user attribute that names the artifact by which a trial is judged; null where its note is.</param>
/// <param name="Candidates">The trials that are to be compared, by number: as many as a person is asked about.</param>
/// <param name="More">How many follow these.</param>
/// <param name="Skipped">The numbers of the trials that were skipped.</param>
/// <param name="Pairs">All comparisons that count: the better trial's number, and the worse one's.</param>
/// <param name="Choices">What people chose, the first one first.</param>
internal sealed record PreferentialSnapshot(
    long? Wanted, string? ArtifactKey, IReadOnlyList<CandidateSnapshot> Candidates, int More, IReadOnlyList<int> Skipped, IReadOnlyList<int[]> Pairs,
    IReadOnlyList<ChoiceSnapshot> Choices);

/// <summary>A trial that is to be compared.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="IsReady">Whether there is what it is to be judged by.</param>
/// <param name="Artifact">The id of the artifact that it is judged by; null for none.</param>
internal sealed record CandidateSnapshot(int Trial, bool IsReady, string? Artifact);

/// <summary>What a person chose.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Made">When, in milliseconds since 1970 in UTC; null where that is not known.</param>
/// <param name="Candidates">The numbers of the trials that were compared.</param>
/// <param name="Worst">Which of them is the worst.</param>
/// <param name="IsTakenBack">Whether it does not count any more.</param>
internal sealed record ChoiceSnapshot(string Id, double? Made, IReadOnlyList<int> Candidates, int Worst, bool IsTakenBack);

/// <summary>What a preferential study's attributes and trials come to.</summary>
/// <param name="Shown">What a page shows.</param>
/// <param name="Best">The numbers of the trials that were better than another one, and worse than none.</param>
internal sealed record PreferentialFacts(PreferentialSnapshot Shown, IReadOnlyList<int> Best)
{
    /// <summary>Null for a study of any other kind.</summary>
    /// <param name="systemAttrs">The study's system attributes.</param>
    /// <param name="trials">All its trials, by number.</param>
    /// <param name="numbers">Their numbers by their keys in the tables; where these are not known, skipped trials are not, either.</param>
    public static PreferentialFacts? Of(IReadOnlyDictionary<string, object?> systemAttrs, IReadOnlyList<FrozenTrial> trials, IReadOnlyDictionary<long, int> numbers)
    {
        if (StudyPreferences.Of(systemAttrs) is not { } preferences) return null;
        // Nothing keeps two trials of a table from having one number.
        Dictionary<int, long> keys = numbers.GroupBy(pair => pair.Value, pair => pair.Key).ToDictionary(trials => trials.Key, trials => trials.Max());
        (long Key, FrozenTrial Trial)[] known = [.. trials.Select(trial => (keys.GetValueOrDefault(trial.Number, -1), trial))];
        HashSet<int> skipped = [.. known.Where(item => preferences.IsSkipped(item.Key)).Select(item => item.Trial.Number)];
        (long Key, FrozenTrial Trial)[] awaited = [.. known.Where(item => preferences.Awaits(item.Key, item.Trial.Number, item.Trial.State))];
        HashSet<int> there = [.. trials.Select(trial => trial.Number)];
        return new PreferentialFacts(
            new PreferentialSnapshot(
                preferences.Wanted,
                preferences.ArtifactKey,
                [.. awaited.Take(PreferenceEdits.MostCompared).Select(item =>
                {
                    (bool isThere, string? artifact) = preferences.Shown(item.Key, item.Trial.UserAttrs, item.Trial.SystemAttrs);
                    return new CandidateSnapshot(item.Trial.Number, isThere, artifact);
                })],
                Math.Max(0, awaited.Length - PreferenceEdits.MostCompared),
                [.. skipped.Order()],
                [.. preferences.Pairs.Distinct().Select(pair => new[] { pair.Better, pair.Worse })],
                [.. preferences.Choices.Select(choice => new ChoiceSnapshot(
                    choice.Id, choice.Made is { } made ? SnapshotBuilder.Milliseconds(made) : null, choice.Candidates, choice.Worst, choice.IsTakenBack))]),
            [.. preferences.Unbeaten.Where(number => there.Contains(number) && !skipped.Contains(number))]);
    }
}
