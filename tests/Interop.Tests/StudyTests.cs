using Hpo.Interop.Samplers;
using Hpo.Interop.Storages;

namespace Hpo.Interop.Tests;

public sealed class StudyTests
{
    private static StudyOptions Random => new() { Sampler = new RandomSampler { Seed = 1 } };

    [Fact]
    public void A_csharp_objective_runs_as_trials_of_a_study()
    {
        using Study study = Study.Create(Random);
        study.Optimize(trial => Math.Abs(trial.SuggestFloat("x", -10, 10) - 2), 30);

        study.Trials.Should().HaveCount(30).And.OnlyContain(trial => trial.State == TrialState.Complete);
        study.BestValue.Should().Be(study.Trials.Min(trial => trial.Value));
        study.BestTrial.Params.Should().BeEquivalentTo(study.BestParams);
        study.BestParams["x"].Should().BeOfType<double>();
        study.Direction.Should().Be(StudyDirection.Minimize);
    }

    [Fact]
    public void Every_kind_of_parameter_is_suggested_within_its_range()
    {
        using Study study = Study.Create(Random);
        study.Optimize(
            trial =>
            {
                trial.SuggestFloat("f", 0.5, 1.5).Should().BeInRange(0.5, 1.5);
                trial.SuggestFloat("f log", 1e-6, 1, log: true).Should().BeInRange(1e-6, 1);
                (trial.SuggestFloat("f step", 0, 1, step: 0.25) % 0.25).Should().Be(0);
                trial.SuggestInt("i", -3, 3).Should().BeInRange(-3, 3);
                trial.SuggestInt("i log", 1, 1000, log: true).Should().BeInRange(1, 1000);
                (trial.SuggestInt("i step", 0, 100, step: 10) % 10).Should().Be(0);
                trial.SuggestInt("long", 1L << 40, 1L << 41).Should().BeGreaterThanOrEqualTo(1L << 40);
                new[] { true, false }.Should().Contain(trial.SuggestCategorical("bool", true, false));
                new[] { "a", "b" }.Should().Contain(trial.SuggestCategorical("string", "a", "b"));
                new[] { 16, 32 }.Should().Contain(trial.SuggestCategorical("int", 16, 32));
                new[] { 0.1, 0.2 }.Should().Contain(trial.SuggestCategorical("double", 0.1, 0.2));
                new object?[] { 1, true, 1.0, null }.Should().Contain(trial.SuggestCategorical<object?>("mixed", 1, true, 1.0, null));
                trial.Params.Should().HaveCount(12);
                return 0;
            },
            20);
        study.Trials[0].Distributions["i log"].Should().Be(new IntDistribution(1, 1000, Log: true));
        study.Trials[0].Distributions["f step"].Should().Be(new FloatDistribution(0, 1, Step: 0.25));
        study.Trials[0].Distributions["mixed"].Should().Be(new CategoricalDistribution([1L, true, 1.0, null]));
    }

    [Fact]
    public void A_range_that_Optuna_refuses_is_an_error_that_names_it()
    {
        using Study study = Study.Create(Random);
        FluentActions.Invoking(() => study.Optimize(trial => trial.SuggestFloat("x", 2, 1), 1))
            .Should().Throw<PythonCallException>().Which.PythonType.Should().Be("ValueError");
        study.Trials.Should().ContainSingle().Which.State.Should().Be(TrialState.Fail);
    }

    [Fact]
    public void A_choice_of_a_type_that_Optuna_cannot_store_is_refused()
    {
        using Study study = Study.Create(Random);
        FluentActions.Invoking(() => study.Optimize(trial => trial.SuggestCategorical("d", DayOfWeek.Monday) == 0 ? 1 : 0, 1))
            .Should().Throw<ArgumentException>().WithMessage("*'d'*DayOfWeek*");
    }

    [Fact]
    public void A_pruned_trial_keeps_its_last_report()
    {
        using Study study = Study.Create(Random);
        study.Optimize(
            trial =>
            {
                trial.Report(3.5, 0);
                trial.Report(double.NaN, 1);
                trial.Report(2.5, 2);
                throw new TrialPrunedException("enough");
            },
            new OptimizeOptions { NTrials = 1 });

        FrozenTrial trial = study.Trials.Single();
        trial.State.Should().Be(TrialState.Pruned);
        trial.Value.Should().Be(2.5);
        trial.LastStep.Should().Be(2);
        trial.IntermediateValues.Keys.Should().Equal(0, 1, 2);
        trial.IntermediateValues[1].Should().Be(double.NaN);
        trial.Duration.Should().BePositive();
    }

    [Fact]
    public void Several_objectives_give_a_pareto_front()
    {
        using Study study = Study.Create(Random with { Directions = [StudyDirection.Minimize, StudyDirection.Maximize] });
        study.Optimize(
            trial =>
            {
                double x = trial.SuggestFloat("x", 0, 1);
                return [x, x * x];
            },
            new OptimizeOptions { NTrials = 10 });
        study.Trials.Should().OnlyContain(trial => trial.Values!.Count == 2);
        study.BestTrials.Should().NotBeEmpty();
        FluentActions.Invoking(() => study.BestTrial).Should().Throw<InvalidOperationException>().WithMessage("*BestTrials*");
        FluentActions.Invoking(() => study.Trials[0].Value).Should().Throw<InvalidOperationException>();
    }

    [Fact]
    public void Trials_are_asked_for_and_told()
    {
        using Study study = Study.Create(Random with { Direction = StudyDirection.Maximize });
        using (Trial trial = study.Ask())
        {
            double x = trial.SuggestFloat("x", 0, 1);
            study.Tell(trial, x).Value.Should().Be(x);
        }
        using (Trial trial = study.Ask([new("y", new IntDistribution(1, 5))]))
        {
            trial.Params.Should().ContainKey("y");
            study.Tell(trial, null, TrialState.Fail).State.Should().Be(TrialState.Fail);
        }
        using (study.Ask()) study.Tell(2, [0.5]).Number.Should().Be(2);
        study.Tell(2, [0.9], skipIfFinished: true).Value.Should().Be(0.5);
    }

    [Fact]
    public void Enqueued_parameters_are_tried_first()
    {
        using Study study = Study.Create(Random);
        study.EnqueueTrial([new("x", 0.25), new("c", "b")], [new("why", "a guess")]);
        study.EnqueueTrial([new("x", 0.25), new("c", "b")], skipIfExists: true);
        study.Optimize(trial => trial.SuggestFloat("x", 0, 1) + (trial.SuggestCategorical("c", "a", "b") == "b" ? 1 : 0), 2);
        study.Trials.Should().HaveCount(2);
        study.Trials[0].Params.Should().BeEquivalentTo(new Dictionary<string, object?> { ["x"] = 0.25, ["c"] = "b" });
        study.Trials[0].UserAttrs.Should().Contain("why", "a guess");
    }

    [Fact]
    public void A_trial_made_elsewhere_is_added()
    {
        using Study study = Study.Create();
        study.AddTrial(new FrozenTrial
        {
            Value = 0.5,
            Params = new Dictionary<string, object?> { ["x"] = 1.5, ["c"] = null },
            Distributions = new Dictionary<string, Distribution>
            {
                ["x"] = new FloatDistribution(0, 2),
                ["c"] = new CategoricalDistribution([null, "a"]),
            },
            IntermediateValues = new Dictionary<long, double> { [0] = 1, [1] = 0.5 },
            UserAttrs = new Dictionary<string, object?> { ["source"] = "paper" },
        });
        FrozenTrial added = study.BestTrial;
        added.Value.Should().Be(0.5);
        added.Params.Should().Contain("x", 1.5).And.Contain("c", null);
        added.IntermediateValues.Should().HaveCount(2);
        added.UserAttrs.Should().Contain("source", "paper");
    }

    [Fact]
    public void Steps_of_any_size_come_back()
    {
        using Study study = Study.Create();
        long[] steps = [0, int.MaxValue, 1L << 31, 1L << 40, long.MaxValue];
        study.Optimize(
            trial =>
            {
                foreach (long step in steps) trial.Report(1, step);
                return 1;
            },
            1);
        study.Trials[0].IntermediateValues.Keys.Should().Equal(steps);
        study.Trials[0].LastStep.Should().Be(long.MaxValue);
        study.AddTrial(study.Trials[0]);
        study.Trials[1].IntermediateValues.Should().Equal(study.Trials[0].IntermediateValues);
    }

    [Fact]
    public void User_attributes_of_any_depth_come_back()
    {
        using Study study = Study.Create();
        study.SetUserAttr("tree", new Dictionary<string, object?>
        {
            ["list"] = new object?[] { 1, 2.5, "x", null, true },
            ["inner"] = new Dictionary<string, object?> { ["n"] = -1 },
        });
        var tree = (IReadOnlyDictionary<string, object?>)study.UserAttrs["tree"]!;
        tree["list"].Should().BeEquivalentTo(new object?[] { 1L, 2.5, "x", null, true });
        ((IReadOnlyDictionary<string, object?>)tree["inner"]!)["n"].Should().Be(-1L);
        FluentActions.Invoking(() => study.SetUserAttr("d", DateTime.MinValue)).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void An_empty_study_has_no_best_trial()
    {
        using Study study = Study.Create(new StudyOptions { Name = "nothing yet" });
        FluentActions.Invoking(() => study.BestValue).Should().Throw<InvalidOperationException>().WithMessage("*nothing yet*");
        study.Trials.Should().BeEmpty();
    }

    [Fact]
    public void A_fixed_trial_runs_an_objective_without_a_study()
    {
        static double Objective(Trial trial) =>
            trial.SuggestFloat("x", 0, 10) * (trial.SuggestCategorical("sign", -1, 1) + trial.SuggestInt("n", 0, 5));

        using var trial = new FixedTrial([new("x", 2.0), new("sign", 1), new("n", 3)]);
        Objective(trial).Should().Be(8);
        trial.ShouldPrune().Should().BeFalse();
        trial.SetUserAttr("seen", true);
        trial.UserAttrs.Should().Contain("seen", true);
        using var incomplete = new FixedTrial([]);
        FluentActions.Invoking(() => Objective(incomplete)).Should().Throw<PythonCallException>().WithMessage("*x*");
    }

    [Fact]
    public void A_trial_ends_with_its_objective()
    {
        using Study study = Study.Create(Random);
        Trial? escaped = null;
        study.Optimize(
            trial =>
            {
                escaped = trial;
                return 1;
            },
            1);
        FluentActions.Invoking(() => escaped!.SuggestFloat("x", 0, 1)).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void Options_out_of_range_are_refused()
    {
        using Study study = Study.Create();
        FluentActions.Invoking(() => study.Optimize(_ => 1, new OptimizeOptions { NTrials = -1 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => study.Optimize(_ => 1, new OptimizeOptions { NJobs = 0 })).Should().Throw<ArgumentOutOfRangeException>();
        FluentActions.Invoking(() => study.Optimize(_ => 1, new OptimizeOptions { Catch = [typeof(string)] })).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Studies_of_one_storage_object_share_it()
    {
        Storage storage = new InMemoryStorage();
        using Study created = Study.Create(new StudyOptions { Name = "shared", Storage = storage });
        created.Optimize(_ => 1, 1);
        using Study loaded = Study.Load("shared", storage);
        loaded.Trials.Should().HaveCount(1);
        Study.GetAllStudyNames(storage).Should().Equal("shared");
        Study.Delete("shared", storage);
        Study.GetAllStudyNames(storage).Should().BeEmpty();
    }
}
