using Hpo.Interop;
using Hpo.Interop.Reporting.Snapshots;

namespace Hpo.NativeTrainer.Tests.Reporting;

/// <summary>Which trials of a preferential study a person is asked about, and which are the best.</summary>
public sealed class PreferentialFactsTests
{
    // The trials' keys in the tables begin here.
    private const long FirstKey = 100;

    [Fact]
    public void Other_studies_have_none() => PreferentialFacts.Of(new Dictionary<string, object?>(), [], new Dictionary<long, int>()).Should().BeNull();

    [Fact]
    public void A_person_is_asked_about_so_many_trials_at_most()
    {
        PreferentialSnapshot shown = Of(60, ("preference:values1", Pairs((1, 0), (2, 0))), ($"preference:skip_trial:{FirstKey + 3}", true)).Shown;
        shown.Candidates.Select(candidate => candidate.Trial).Should().Equal([1, 2, .. Enumerable.Range(4, 48)]);
        shown.More.Should().Be(8);
        shown.Skipped.Should().Equal(3);
        Of(3).Shown.More.Should().Be(0);
    }

    [Fact]
    public void The_best_are_known_trials_that_were_not_skipped()
    {
        PreferentialFacts facts = Of(
            4, ("preference:values1", Pairs((3, 0), (2, 0), (1, 0), (9, 0))), ("preference:values2", Pairs((3, 1), (3, 0))), ($"preference:skip_trial:{FirstKey + 2}", true));
        facts.Best.Should().Equal(3);
        facts.Shown.Pairs.Should().BeEquivalentTo([[3, 0], [2, 0], [1, 0], [9, 0], new[] { 3, 1 }], "each comparison is told once");
    }

    [Fact]
    public void A_trial_is_ready_with_its_note()
    {
        PreferentialSnapshot shown = Of(2, ($"dashboard:{FirstKey + 1}:note_ver", 1L), ($"dashboard:{FirstKey + 1}:note_str:0", "good")).Shown;
        shown.Candidates.Select(candidate => candidate.IsReady).Should().Equal(false, true);
    }

    private static object?[] Pairs(params (long Better, long Worse)[] pairs) => [.. pairs.Select(pair => new object?[] { pair.Better, pair.Worse })];

    private static PreferentialFacts Of(int count, params (string Key, object? Value)[] attributes) => PreferentialFacts.Of(
        new OrderedDictionary<string, object?>(attributes.Select(pair => KeyValuePair.Create(pair.Key, pair.Value))) { ["preference:is_preferential"] = true },
        [.. Enumerable.Range(0, count).Select(number => new FrozenTrial { Number = number, State = TrialState.Running })],
        Enumerable.Range(0, count).ToDictionary(number => FirstKey + number))!;
}
