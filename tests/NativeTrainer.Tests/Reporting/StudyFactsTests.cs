using Hpo.Interop;
using Hpo.NativeTrainer.Reporting;

namespace Hpo.NativeTrainer.Tests.Reporting;

/// <summary>What is worked out from trials: the best ones, what pruning saved, what studies trade for each other.</summary>
public sealed class StudyFactsTests
{
    private static readonly StudyDirection[] Both = [StudyDirection.Minimize, StudyDirection.Maximize];

    [Fact]
    public void The_first_of_equal_values_is_the_best()
    {
        FrozenTrial[] trials = [Complete(0, 2), Complete(1, 1), Complete(2, 1), Complete(3, double.PositiveInfinity)];
        Numbers(BestTrials.Of(trials, [StudyDirection.Minimize])).Should().Equal(1);
        Numbers(BestTrials.Of(trials, [StudyDirection.Maximize])).Should().Equal(3);
    }

    [Fact]
    public void The_front_holds_what_no_other_trial_beats_equal_ones_too()
    {
        FrozenTrial[] trials =
            [Complete(0, 1, 1), Complete(1, 2, 3), Complete(2, 2, 2), Complete(3, 1, 1), Complete(4, 0, 0), Complete(5, 3, 3)];
        Numbers(BestTrials.Of(trials, Both)).Should().Equal(0, 1, 3, 4);
    }

    [Fact]
    public void Trials_that_violate_constraints_count_only_where_no_other_is_complete()
    {
        var violation = new Dictionary<string, object?> { ["constraints"] = new object?[] { -1.0, 0.5 } };
        FrozenTrial[] trials = [Complete(0, 1) with { SystemAttrs = violation }, Complete(1, 2)];
        Numbers(BestTrials.Of(trials, [StudyDirection.Minimize])).Should().Equal(1);
        Numbers(BestTrials.Of(trials[..1], [StudyDirection.Minimize])).Should().Equal(0);
    }

    [Fact]
    public void Trials_that_are_not_complete_are_never_the_best()
    {
        FrozenTrial[] trials = [Pruned(0, 3), new FrozenTrial { Number = 1, State = TrialState.Fail }];
        BestTrials.Of(trials, [StudyDirection.Minimize]).Should().BeEmpty();
    }

    [Fact]
    public void Pruning_saves_the_steps_that_pruned_trials_did_not_run()
    {
        FrozenTrial[] trials = [Complete(0, 1) with { IntermediateValues = Steps(10) }, Pruned(1, 2), Pruned(2, 3)];
        PruningSaving saving = PruningSaving.Of(trials)!;
        saving.Should().Be(new PruningSaving(2, 15, 30));
        saving.Share.Should().Be(0.5);
    }

    [Fact]
    public void Nothing_is_said_of_pruning_where_nothing_was_pruned_or_nothing_reported()
    {
        PruningSaving.Of([Complete(0, 1) with { IntermediateValues = Steps(3) }]).Should().BeNull();
        PruningSaving.Of([Complete(0, 1), Pruned(1, 2)]).Should().BeNull();
    }

    [Fact]
    public void A_study_is_weighed_against_the_one_with_the_best_value()
    {
        StudyCost quick = StudyCost.Of("quick", StudyDirection.Maximize, [Timed(0, 0.9, 2)]);
        StudyCost thorough = StudyCost.Of("thorough", StudyDirection.Maximize, [Timed(0, 0.8, 3), Timed(1, 0.95, 5)]);

        StudyComparison comparison = StudyComparison.Of(StudyDirection.Maximize, [quick, thorough]);

        TradeOff trade = comparison.TradeOffs.Should().ContainSingle().Subject;
        (trade.Study, trade.Against).Should().Be(("quick", "thorough"));
        trade.Worse.Should().BeApproximately(0.05, 1e-12);
        (trade.ShareOfTrials, trade.ShareOfTime).Should().Be((0.5, 0.25));
    }

    [Fact]
    public void A_snapshot_holds_choices_by_index_and_tells_None_from_a_missing_parameter()
    {
        var kind = new CategoricalDistribution(["svm", null]);
        FrozenTrial[] trials =
        [
            Complete(0, 1) with { Params = new Dictionary<string, object?> { ["kind"] = null }, Distributions = new Dictionary<string, Distribution> { ["kind"] = kind } },
            Complete(1, double.NaN),
        ];
        var facts = new StudyFacts("s", "sqlite:///s.db", [StudyDirection.Minimize], new Dictionary<string, object?>(), DateTime.UnixEpoch);

        StudySnapshot snapshot = SnapshotBuilder.Build(facts, trials, ImportanceSnapshot.None("none"));

        snapshot.Parameters.Should().ContainSingle().Which.Choices.Should().Equal("svm", "None");
        snapshot.Trials.Select(trial => trial.Params.Single()).Should().Equal(1, null);
        SnapshotJson.Write(snapshot).Should().Contain("\"values\":[\"NaN\"]").And.Contain("\"best\":[0]");
    }

    private static IEnumerable<int> Numbers(IEnumerable<FrozenTrial> trials) => trials.Select(trial => trial.Number);

    private static FrozenTrial Complete(int number, params double[] values) => new() { Number = number, Values = values };

    private static FrozenTrial Pruned(int number, int steps) =>
        new() { Number = number, State = TrialState.Pruned, IntermediateValues = Steps(steps) };

    private static FrozenTrial Timed(int number, double value, int seconds) => Complete(number, value) with
    {
        DatetimeStart = DateTime.UnixEpoch,
        DatetimeComplete = DateTime.UnixEpoch.AddSeconds(seconds),
    };

    private static Dictionary<int, double> Steps(int count) => Enumerable.Range(0, count).ToDictionary(step => step, _ => 1.0);
}
