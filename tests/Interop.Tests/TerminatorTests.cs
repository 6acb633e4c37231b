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
