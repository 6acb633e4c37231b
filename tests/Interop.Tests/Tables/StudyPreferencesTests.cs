using Hpo.Interop.Tables;

namespace Hpo.Interop.Tests.Tables;

/// <summary>What is read of a preferential study's attributes, also where they are not what optuna-dashboard writes.</summary>
public sealed class StudyPreferencesTests
{
    [Fact]
    public void Only_a_study_that_says_so_is_preferential()
    {
        StudyPreferences.Of(Attributes()).Should().BeNull();
        StudyPreferences.Of(Attributes(("preference:is_preferential", "false"), ("preference:values1", "[[0, 1]]"))).Should().BeNull();
        StudyPreferences.Of(Preferential()).Should().NotBeNull();
    }

    [Fact]
    public void The_unbeaten_were_better_than_another_and_worse_than_none()
    {
        StudyPreferences read = StudyPreferences.Of(Preferential(("preference:values1", "[[5, 1], [0, 1]]"), ("preference:values2", "[]"), ("preference:values3", "[[1, 2], [5, 0], [5, 0]]")))!;
        read.Unbeaten.Should().Equal(5);
        read.Pairs.Should().Equal((5, 1), (0, 1), (1, 2), (5, 0), (5, 0));
        StudyPreferences.Of(Preferential(("preference:values1", "[[0, 1], [1, 0]]")))!.Unbeaten.Should().BeEmpty();
    }

    [Theory]
    [InlineData(TrialState.Running, true)]
    [InlineData(TrialState.Complete, true)]
    [InlineData(TrialState.Waiting, false)]
    [InlineData(TrialState.Pruned, false)]
    [InlineData(TrialState.Fail, false)]
    public void Trials_await_a_comparison_until_they_are_worse_than_another_or_skipped(TrialState state, bool awaits)
    {
        StudyPreferences read = StudyPreferences.Of(Preferential(("preference:values1", "[[0, 1]]"), ("preference:skip_trial:12", "true"), ("preference:skip_trial:x", "true")))!;
        read.Awaits(key: 10, number: 0, state).Should().Be(awaits);
        read.Awaits(key: 11, number: 1, state).Should().BeFalse("it is worse");
        read.Awaits(key: 12, number: 2, state).Should().BeFalse("it is skipped");
    }

    [Fact]
    public void What_is_of_no_known_form_is_left_out()
    {
        StudyPreferences read = StudyPreferences.Of(Preferential(
            ("preference:values1", """[[0, 1, 2], ["0", 1], [0], 5, null, [-1, 0], [1.5, 0], [3000000000, 0], [2, 3]]"""), ("preference:values2", "\"[[0, 1]]\""), ("preference:values3", "{"),
            ("preference:n_generate", "\"4\""), ("preference:component", "\"artifact\""),
            ("preference:historya", "[1]"), ("preference:historyb", "\"{\""), ("preference:historyc", History("""{"mode": "Other", "clicked": 1, "candidates": [0, 1]}""")),
            ("preference:historyd", History("""{"mode": "ChooseWorst", "candidates": [0, 1]}""")), ("preference:historye", History("""{"mode": "ChooseWorst", "clicked": 1, "candidates": 7}"""))))!;
        read.Pairs.Should().Equal((2, 3));
        read.Wanted.Should().BeNull();
        read.ArtifactKey.Should().BeNull();
        read.Choices.Should().BeEmpty();
        read.PairsOfChoice("a").Should().BeNull();
        read.PairsOfChoice("nowhere").Should().BeNull();
        StudyPreferences.Of(Preferential(("preference:component", """{"output_type": "artifact"}""")))!.ArtifactKey.Should().BeNull();
    }

    [Fact]
    public void Choices_come_in_the_order_of_their_times_and_count_while_their_comparisons_are_there()
    {
        StudyPreferences read = StudyPreferences.Of(Preferential(
            ("preference:historylate", History("""{"mode": "ChooseWorst", "id": "late", "timestamp": "2026-05-01T10:00:00", "clicked": 1, "candidates": [0, 1, "x"], "preferences": [[0, 1]]}""")),
            ("preference:valueslate", "[]"),
            ("preference:historyearly", History("""{"mode": "ChooseWorst", "id": "early", "timestamp": "2026-05-01T09:59:59.5", "clicked": 0, "candidates": [0, 1], "preferences": [[1, 0]]}""")),
            ("preference:valuesearly", "[[1, 0]]"),
            ("preference:historylost", History("""{"mode": "ChooseWorst", "id": "lost", "timestamp": "?", "clicked": 0, "candidates": [0], "preferences": []}"""))))!;
        read.Choices.Select(choice => (choice.Id, choice.Made, choice.Worst, choice.IsTakenBack)).Should().Equal(
            ("lost", null, 0, true), ("early", new DateTime(2026, 5, 1, 9, 59, 59, 500), 0, false), ("late", new DateTime(2026, 5, 1, 10, 0, 0), 1, true));
        read.Choices[2].Candidates.Should().Equal(0, 1);
        read.PairsOfChoice("late").Should().Equal((0, 1));
    }

    [Fact]
    public void A_trial_is_judged_by_its_note_or_by_the_artifact_that_is_its_own()
    {
        var nothing = new Dictionary<string, object?>();
        StudyPreferences notes = StudyPreferences.Of(Preferential(
            ("dashboard:7:note_ver", "1"), ("dashboard:7:note_str:0", "\"good\""), ("dashboard:8:note_ver", "2"), ("dashboard:8:note_str:0", "\"\""), ("dashboard:9:note_str:0", "\"no version\"")))!;
        new long[] { 6, 7, 8, 9 }.Select(key => notes.Shown(key, nothing, nothing).IsThere).Should().Equal(false, true, false, false);

        StudyPreferences artifacts = StudyPreferences.Of(Preferential(
            ("preference:component", """{"output_type": "artifact", "artifact_key": "picture"}"""), ("dashboard:artifacts:7:old", "\"{}\""), ("dashboard:artifacts:7:gone", "\"null\"")))!;
        Shown("new", ("artifacts:new", "\"{}\"")).Should().Be((true, "new"));
        Shown("new", ("artifacts:new", "\"null\"")).Should().Be((false, null), "it was removed");
        Shown("old").Should().Be((true, "old"), "optuna-dashboard kept it there before Optuna had artifacts");
        Shown("gone").Should().Be((false, null));
        Shown("of another trial").Should().Be((false, null));
        artifacts.Shown(7, nothing, nothing).Should().Be((false, null));

        (bool IsThere, string? Artifact) Shown(string id, params (string, string)[] system) => artifacts.Shown(7, new Dictionary<string, object?> { ["picture"] = id }, Attributes(system));
    }

    private static string History(string json) => PythonJson.WriteAscii(json);

    private static IReadOnlyDictionary<string, object?> Preferential(params (string Key, string Json)[] attributes) => Attributes([("preference:is_preferential", "true"), .. attributes]);

    private static IReadOnlyDictionary<string, object?> Attributes(params (string Key, string Json)[] attributes) =>
        TrialConverter.Attributes(attributes.Select(pair => KeyValuePair.Create(pair.Key, pair.Json)));
}
