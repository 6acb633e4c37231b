using Hpo.Interop.Samplers;

namespace Hpo.Interop.Tests;

/// <summary>What a trial tells beside its suggestions.</summary>
public sealed class TrialTests
{
    [Fact]
    public void Parameters_that_the_sampler_chose_together_are_known_before_they_are_suggested()
    {
        using Study study = Study.Create(new StudyOptions
        {
            Sampler = new TpeSampler { Seed = 1, Multivariate = true, NStartupTrials = 2 },
        });
        var early = new List<int>();
        study.Optimize(
            trial =>
            {
                IReadOnlyDictionary<string, object?> relative = trial.RelativeParams;
                early.Add(relative.Count);
                double x = trial.SuggestFloat("x", 0, 1), y = trial.SuggestFloat("y", 0, 1);
                if (relative.Count > 0) relative.Should().Contain("x", x).And.Contain("y", y);
                return x + y;
            },
            4);
        early.Should().Equal(0, 0, 2, 2);
    }

    [Fact]
    public void Constraints_are_set_on_the_trial()
    {
        using Study study = Study.Create();
        using Trial trial = study.Ask();
        InstalledOptuna.From("5.0", () =>
        {
            trial.SetConstraint("budget", 1.5);
            trial.Constraints.Should().Equal(new Dictionary<string, double> { ["budget"] = 1.5 });
            study.Tell(trial, 0).Constraints.Should().Equal(trial.Constraints);
        });
        new FrozenTrial { SystemAttrs = new Dictionary<string, object?> { ["constraints:a"] = 1L, ["other"] = 2L } }
            .Constraints.Should().Equal(new Dictionary<string, double> { ["a"] = 1 });
    }

    [Fact]
    public void A_finished_trial_runs_the_objective_once_more()
    {
        using Study study = Study.Create(new StudyOptions { Sampler = new RandomSampler { Seed = 1 } });
        study.Optimize(Objective, 5);
        using var again = new FixedTrial(study.BestTrial);
        again.Number.Should().Be(study.BestTrial.Number);
        Objective(again).Should().Be(study.BestValue);
        FluentActions.Invoking(() => again.RelativeParams).Should().Throw<OptunaFeatureException>();

        static double Objective(Trial trial) => trial.SuggestFloat("x", 0, 1) * trial.SuggestInt("n", 1, 9);
    }
}
