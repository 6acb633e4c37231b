using Hpo.Interop.Samplers;
using Hpo.Interop.Storages;

namespace Hpo.Interop.Tests;

/// <summary>What is done with studies as a whole: copied, listed, filled and named.</summary>
public sealed class StudyFunctionTests
{
    private static readonly Storage Storage = new InMemoryStorage();

    [Fact]
    public void A_study_is_copied_with_its_trials_and_attributes()
    {
        using Study study = NewStudy("original");
        study.SetUserAttr("note", "kept");
        var other = new InMemoryStorage();

        Study.Copy("original", Storage, other);
        Study.Copy("original", Storage, other, "second");

        Study.GetAllStudyNames(other).Should().Equal("original", "second");
        using Study copy = Study.Load("second", other);
        copy.UserAttrs.Should().Contain("note", "kept");
        copy.Trials.Should().BeEquivalentTo(study.Trials);
        FluentActions.Invoking(() => Study.Copy("original", Storage, other)).Should().Throw<DuplicatedStudyException>()
            .Which.StudyName.Should().Be("original");
        FluentActions.Invoking(() => Study.Copy("nobody", Storage, other)).Should().Throw<StudyNotFoundException>();
    }

    [Fact]
    public void Summaries_tell_of_every_study()
    {
        using Study study = NewStudy("summarised");
        study.SetUserAttr("note", 1);
        var empty = new StudyOptions
        {
            Name = "empty",
            Storage = Storage,
            Directions = [StudyDirection.Maximize, StudyDirection.Minimize],
        };
        Study.Create(empty).Dispose();

        IReadOnlyList<StudySummary> all = Study.GetAllStudySummaries(Storage);
        StudySummary summary = all.Single(item => item.StudyName == "summarised");
        summary.NTrials.Should().Be(3);
        summary.Direction().Should().Be(StudyDirection.Minimize);
        summary.BestTrial.Should().BeEquivalentTo(study.BestTrial);
        summary.UserAttrs.Should().Contain("note", 1L);
        summary.DatetimeStart.Should().Be(study.Trials[0].DatetimeStart);

        StudySummary nothing = all.Single(item => item.StudyName == "empty");
        nothing.Should().BeEquivalentTo(new { NTrials = 0, BestTrial = (FrozenTrial?)null, DatetimeStart = (DateTime?)null });
        nothing.Directions.Should().Equal(empty.Directions);
        FluentActions.Invoking(() => nothing.Direction()).Should().Throw<InvalidOperationException>();
        Study.GetAllStudySummaries(Storage, includeBestTrial: false).Should().OnlyContain(item => item.BestTrial == null);
    }

    [Fact]
    public void Trials_of_one_study_are_added_to_another_as_they_are()
    {
        using Study source = NewStudy("source");
        using Study target = Study.Create();
        target.AddTrials(source.Trials);
        target.Trials.Should().BeEquivalentTo(source.Trials);
        target.GetTrials(TrialState.Fail).Should().BeEmpty();
        target.GetTrials(TrialState.Complete, TrialState.Fail).Should().HaveCount(3);
    }

    [Fact]
    public void A_created_trial_is_checked_at_once()
    {
        var range = new Dictionary<string, Distribution> { ["x"] = new FloatDistribution(0, 1) };
        FrozenTrial trial = FrozenTrial.Create(
            value: 0.25,
            parameters: new Dictionary<string, object?> { ["x"] = 0.5 },
            distributions: range,
            intermediateValues: new Dictionary<long, double> { [3] = 0.75 });
        trial.State.Should().Be(TrialState.Complete);
        trial.DatetimeComplete.Should().NotBeNull();
        trial.LastStep.Should().Be(3);

        FluentActions.Invoking(() => FrozenTrial.Create()).Should().Throw<PythonCallException>().Which.PythonType.Should().Be("ValueError");
        FluentActions.Invoking(() => FrozenTrial.Create(value: 1, values: [1, 2])).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => FrozenTrial.Create(value: 1, distributions: range)).Should().Throw<PythonCallException>();
    }

    [Fact]
    public void Objectives_have_names()
    {
        using Study study = Study.Create(new StudyOptions { Directions = [StudyDirection.Minimize, StudyDirection.Maximize] });
        InstalledOptuna.From("3.2", () => study.SetMetricNames("loss", "accuracy"));
        InstalledOptuna.From("3.4", () =>
        {
            study.MetricNames.Should().Equal("loss", "accuracy");
            FluentActions.Invoking(() => study.SetMetricNames("one")).Should().Throw<PythonCallException>();
            using Study unnamed = Study.Create();
            unnamed.MetricNames.Should().BeNull();
        });
    }

    [Fact]
    public void The_search_space_is_what_all_complete_trials_share()
    {
        using Study study = Study.Create(new StudyOptions { Sampler = new RandomSampler { Seed = 1 } });
        study.Optimize(
            trial =>
            {
                trial.SuggestInt("n", 1, 4);
                if (trial.Number == 1) trial.SuggestFloat("rare", 0, 1);
                if (trial.Number == 2) throw new TrialPrunedException();
                return trial.SuggestFloat("x", 0, 1);
            },
            3);
        new IntersectionSearchSpace().Calculate(study).Should().BeEquivalentTo(new Dictionary<string, Distribution>
        {
            ["n"] = new IntDistribution(1, 4),
            ["x"] = new FloatDistribution(0, 1),
        });
        new IntersectionSearchSpace(IncludePruned: true).Calculate(study).Keys.Should().Equal("n");
    }

    [Fact]
    public void Optunas_own_callback_stops_a_study_at_its_number_of_trials()
    {
        using Study study = Study.Create(new StudyOptions { Sampler = new RandomSampler { Seed = 1 } });
        study.Optimize(Mixed, new OptimizeOptions { Callbacks = [new MaxTrialsCallback(3)], Catch = [typeof(FormatException)] });
        study.GetTrials(TrialState.Complete).Should().HaveCount(3);
        study.Trials.Should().HaveCount(5);

        using Study any = Study.Create(new StudyOptions { Sampler = new RandomSampler { Seed = 1 } });
        any.Optimize(
            Mixed,
            new OptimizeOptions { Callbacks = [new MaxTrialsCallback(4) { States = null }], Catch = [typeof(FormatException)] });
        any.Trials.Should().HaveCount(4);

        static double Mixed(Trial trial) => trial.Number % 2 == 1 ? throw new FormatException() : 1;
    }

    [Fact]
    public void A_storage_without_heartbeat_has_no_stale_trials()
    {
        using Study study = Study.Create();
        using Trial running = study.Ask();
        study.FailStaleTrials();
        study.Trials.Should().ContainSingle().Which.State.Should().Be(TrialState.Running);
    }

    private static Study NewStudy(string name)
    {
        Study study = Study.Create(new StudyOptions { Name = name, Storage = Storage, Sampler = new RandomSampler { Seed = 1 } });
        study.Optimize(
            trial =>
            {
                trial.SetUserAttr("square", trial.Number * trial.Number);
                trial.Report(1, 0);
                return trial.SuggestFloat("x", 0, 1) + trial.SuggestInt("n", 0, 3);
            },
            3);
        return study;
    }
}
