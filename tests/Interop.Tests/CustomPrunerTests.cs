using Hpo.Interop.Pruners;
using Hpo.Interop.Samplers;

namespace Hpo.Interop.Tests;

/// <summary>Pruners that are written in C#, alone and around Optuna's.</summary>
public sealed class CustomPrunerTests
{
    [Fact]
    public void A_pruner_in_csharp_ends_trials()
    {
        var pruner = new Above(limit: 0.5);
        using Study study = Run(new CustomPruner(pruner));
        study.Trials.Should().OnlyContain(trial =>
            trial.State == ((double)trial.Params["x"]! > 0.5 ? TrialState.Pruned : TrialState.Complete));
        study.GetTrials(TrialState.Pruned).Should().NotBeEmpty().And.OnlyContain(trial => trial.LastStep == 1);
        study.GetTrials(TrialState.Complete).Should().NotBeEmpty();
    }

    public static TheoryData<string> Wrapped => ["median", "percentile", "successive-halving", "hyperband"];

    [Theory, MemberData(nameof(Wrapped))]
    public void A_wrapper_that_passes_everything_on_leaves_the_study_as_it_is(string name)
    {
        Pruner pruner = name switch
        {
            "median" => new MedianPruner { NStartupTrials = 2 },
            "percentile" => new PercentilePruner(30) { NStartupTrials = 2 },
            "successive-halving" => new SuccessiveHalvingPruner(),
            _ => new HyperbandPruner { MaxResource = 4 },
        };
        using OptunaPruner inner = pruner.Create();
        using Study plain = Run(pruner), wrapped = Run(new CustomPruner(new PassesOn(inner)));
        wrapped.Trials.Select(Facts).Should().Equal(plain.Trials.Select(Facts));
        plain.GetTrials(TrialState.Pruned).Should().NotBeEmpty();

        static string Facts(FrozenTrial trial) => $"{trial.Number} {trial.State} {trial.Value} {trial.LastStep} {trial.Params["x"]}";
    }

    [Fact]
    public void A_pruner_in_csharp_is_a_part_of_Optunas_own()
    {
        using Study study = Run(new PatientPruner(new CustomPruner(new Above(limit: 0)), 1));
        study.GetTrials(TrialState.Pruned).Should().NotBeEmpty().And.OnlyContain(trial => trial.LastStep == 3);
    }

    [Fact]
    public void An_exception_of_a_pruner_arrives_as_the_same_object()
    {
        var error = new InvalidOperationException("no idea");
        FluentActions.Invoking(() => Run(new CustomPruner(new Throwing(error))))
            .Should().Throw<InvalidOperationException>().Which.Should().BeSameAs(error);
    }

    private static Study Run(Pruner pruner)
    {
        Study study = Study.Create(new StudyOptions
        {
            Name = "pruned",
            Sampler = new RandomSampler { Seed = 5 },
            Pruner = pruner,
        });
        study.Optimize(
            trial =>
            {
                double x = trial.SuggestFloat("x", 0, 1);
                for (int step = 1; step <= 4; step++)
                {
                    trial.Report(x + 0.01 * step * (trial.Number % 3), step);
                    if (trial.ShouldPrune()) throw new TrialPrunedException();
                }
                return x;
            },
            30);
        return study;
    }

    private sealed class Above(double limit) : IPruner
    {
        public bool Prune(Study study, FrozenTrial trial) =>
            study.Direction == StudyDirection.Minimize && (double)trial.Params["x"]! > limit;
    }

    private sealed class PassesOn(IPruner inner) : IPruner
    {
        public bool Prune(Study study, FrozenTrial trial) => inner.Prune(study, trial);
    }

    private sealed class Throwing(Exception error) : IPruner
    {
        public bool Prune(Study study, FrozenTrial trial) => throw error;
    }
}
