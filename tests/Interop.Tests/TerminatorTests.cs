using Hpo.Interop.Samplers;
using Hpo.Interop.Terminators;

namespace Hpo.Interop.Tests;

/// <summary>Studies that end when little is left to gain.</summary>
public sealed class TerminatorTests
{
    [Fact]
    public void A_study_ends_when_its_best_value_stagnates() => InstalledOptuna.From("3.4", () =>
    {
        var terminator = new Terminator
        {
            ImprovementEvaluator = new BestValueStagnationEvaluator { MaxStagnationTrials = 4 },
            ErrorEvaluator = new StaticErrorEvaluator(0),
            MinNTrials = 3,
        };
        using Study study = Study.Create(new StudyOptions { Sampler = new RandomSampler { Seed = 1 } });
        study.Optimize(
            trial => Math.Max(10 - trial.Number, 3),
            new OptimizeOptions { NTrials = 100, Callbacks = [new TerminatorCallback(terminator)] });
        // The eighth trial is the best one; the promise falls below the error of 0 with the fifth after it.
        study.Trials.Count.Should().Be(8 + 5);
        terminator.ShouldTerminate(study).Should().BeTrue();
        (terminator with { MinNTrials = 50 }).ShouldTerminate(study).Should().BeFalse();
    }, told: "3.2");

    [Fact]
    public void What_could_still_be_gained_is_told_after_the_trials_that_are_asked_for() => InstalledOptuna.From("3.4", () =>
    {
        using Study study = Study.Create(new StudyOptions { Sampler = new RandomSampler { Seed = 1 } });
        study.Optimize(trial => trial.Number is 2 ? throw new TrialPrunedException() : Math.Abs(trial.Number - 4), new OptimizeOptions { NTrials = 8 });
        var stagnation = new BestValueStagnationEvaluator { MaxStagnationTrials = 4 };
        // Complete are 0, 1, 3, 4 (the best one), 5, 6, 7.
        study.Improvements(stagnation, completeTrials: [1, 4, 7]).Should().Equal(
            new TerminatorImprovement(0, 4, null), new TerminatorImprovement(4, 4, null), new TerminatorImprovement(7, 1, null));
        study.Improvements(stagnation, new StaticErrorEvaluator(2)).Select(estimate => (estimate.Number, estimate.Improvement, estimate.Error))
            .Should().Equal((0, 4, 2), (1, 4, 2), (3, 4, 2), (4, 4, 2), (5, 3, 2), (6, 2, 2), (7, 1, 2));
        study.Invoking(some => some.Improvements(stagnation, completeTrials: [8])).Should().Throw<ArgumentOutOfRangeException>();
        study.Invoking(some => some.Improvements(stagnation, completeTrials: [0])).Should().Throw<ArgumentOutOfRangeException>();
    });

    [Fact]
    public void The_error_is_that_of_the_reported_folds() => InstalledOptuna.From("3.4", () =>
    {
        var terminator = new Terminator
        {
            ImprovementEvaluator = new BestValueStagnationEvaluator { MaxStagnationTrials = 30 },
            ErrorEvaluator = new CrossValidationErrorEvaluator(),
            MinNTrials = 2,
        };
        using Study study = Study.Create(new StudyOptions { Sampler = new RandomSampler { Seed = 1 } });
        study.Optimize(
            trial =>
            {
                trial.ReportCrossValidationScores(0, 200, 400);
                return 1;
            },
            new OptimizeOptions { NTrials = 20, Callbacks = [new TerminatorCallback(terminator)] });
        // The spread of the scores is wider than anything that 30 trials without progress could promise.
        study.Trials.Should().HaveCount(2);
    }, told: "3.2");
}
