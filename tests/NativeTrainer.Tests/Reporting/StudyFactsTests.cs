using Hpo.Interop;
using Hpo.Interop.Reporting.Snapshots;

namespace Hpo.NativeTrainer.Tests.Reporting;

/// <summary>What is computed from trials: what pruning saved, what studies trade for each other, and their page's data.</summary>
public sealed class StudyFactsTests
{
    private static readonly StudyFacts Facts =
        new("s", "sqlite:///s.db", [StudyDirection.Minimize], new Dictionary<string, object?>(), new Dictionary<string, object?>(), DateTime.UnixEpoch);

    [Fact]
    public void Pruning_saves_the_steps_that_pruned_trials_did_not_run()
    {
        FrozenTrial[] trials = [Complete(0, 1) with { IntermediateValues = Steps(10) }, Pruned(1, 2), Pruned(2, 3)];
        PruningSaving saving = PruningSaving.Of(trials)!;
        saving.Should().Be(new PruningSaving(2, 15, 30));
        saving.SavedShare.Should().Be(0.5);
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
    public void Two_infinite_bests_are_as_good_as_each_other()
    {
        StudyCost[] costs = [.. "ab".Select(name => StudyCost.Of($"{name}", StudyDirection.Maximize, [Timed(0, double.PositiveInfinity, 2)]))];
        StudyComparison.Of(StudyDirection.Maximize, costs).TradeOffs.Should().ContainSingle().Which.Worse.Should().Be(0);
    }

    [Fact]
    public void Choices_that_look_alike_stay_apart()
    {
        object?[] choices = [1L, "1", true, "True", 1.0, double.NaN, "NaN", null, "None", new object?[] { 1L }];
        var kind = new CategoricalDistribution(choices);
        FrozenTrial[] trials = [.. choices.Select((choice, number) => Complete(number, 1) with
        {
            Params = new Dictionary<string, object?> { ["kind"] = choice },
            Distributions = new Dictionary<string, Distribution> { ["kind"] = kind },
        })];

        SnapshotBuilder.Build(Facts, trials, ImportanceSnapshot.None("none"))
            .Trials.Select(trial => trial.Params.Single()).Should().Equal(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    [Fact]
    public void A_parameter_that_was_of_another_kind_before_has_no_value_on_the_axis()
    {
        FrozenTrial[] trials =
        [
            Complete(0, 1) with { Params = new Dictionary<string, object?> { ["x"] = 0.5 }, Distributions = new Dictionary<string, Distribution> { ["x"] = new FloatDistribution(0, 1) } },
            Complete(1, 1) with { Params = new Dictionary<string, object?> { ["x"] = "wide" }, Distributions = new Dictionary<string, Distribution> { ["x"] = new CategoricalDistribution(["wide"]) } },
        ];
        SnapshotBuilder.Build(Facts, trials, ImportanceSnapshot.None("none"))
            .Trials.Select(trial => trial.Params.Single()).Should().Equal(0.5, null);
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
        StudySnapshot snapshot = SnapshotBuilder.Build(Facts, trials, ImportanceSnapshot.None("none"));

        snapshot.Parameters.Should().ContainSingle().Which.Choices.Should().Equal("svm", "None");
        snapshot.Trials.Select(trial => trial.Params.Single()).Should().Equal(1, null);
        SnapshotJson.Write(snapshot).Should().Contain("\"values\":[\"NaN\"]").And.Contain("\"best\":[0]");
    }

    [Fact]
    public void A_snapshot_tells_the_worker_and_leaves_out_what_samplers_keep()
    {
        FrozenTrial trial = Complete(0, 1) with
        {
            SystemAttrs = new Dictionary<string, object?>
            {
                ["hpo:worker"] = new Dictionary<string, object?> { ["run"] = "r", ["worker"] = 2L, ["host"] = "h", ["pid"] = 7L, ["start"] = 1L },
                ["constraints"] = new object?[] { 0.5 },
                ["cma:optimizer:0"] = "80",
                ["search_space"] = "all",
                ["failed_trial"] = 3L,
            },
        };
        TrialSnapshot shown = SnapshotBuilder.Build(Facts, [trial], ImportanceSnapshot.None("none")).Trials.Single();
        shown.Worker.Should().Be("2 on h, process 7, restart 1, run r");
        shown.System.Should().ContainSingle().Which.Should().Be(KeyValuePair.Create("failed_trial", "3"));
        (shown.Feasible, shown.Constraints!["0"]).Should().Be((false, 0.5));
    }

    private static FrozenTrial Complete(int number, params double[] values) => new() { Number = number, Values = values };

    private static FrozenTrial Pruned(int number, int steps) =>
        new() { Number = number, State = TrialState.Pruned, IntermediateValues = Steps(steps) };

    private static FrozenTrial Timed(int number, double value, int seconds) => Complete(number, value) with
    {
        DatetimeStart = DateTime.UnixEpoch,
        DatetimeComplete = DateTime.UnixEpoch.AddSeconds(seconds),
    };

    private static Dictionary<long, double> Steps(int count) => Enumerable.Range(0, count).ToDictionary(step => (long)step, _ => 1.0);
}
