using Acme;

namespace Hpo.Interop.Tests.HostedByPython;

/// <summary>Objectives for Python, as a C# host runs them.</summary>
public sealed class ObjectiveTests
{
    [Fact]
    public void A_csharp_host_runs_the_objective_that_python_runs()
    {
        using Study study = Study.Create();
        study.Optimize(new Quadratic(target: 1), new OptimizeOptions { NTrials = 3 });
        study.Trials.Should().OnlyContain(trial => trial.Value == Square((double)trial.Params["x"]! - 1));
    }

    [Fact]
    public void An_objective_with_two_values_fits_a_study_with_two_directions()
    {
        using Study study = Study.Create(new StudyOptions { Directions = [StudyDirection.Minimize, StudyDirection.Maximize] });
        study.Optimize(new Outcome("values"), new OptimizeOptions { NTrials = 1 });
        study.Trials.Should().ContainSingle().Which.Values.Should().Equal(1.5, -2.5);
    }

    [Fact]
    public void A_cancelled_study_cancels_the_objective_s_trial()
    {
        using Study study = Study.Create();
        using var stop = new CancellationTokenSource();
        var options = new OptimizeOptions { NTrials = 2 };

        Action run = () => study.Optimize(new Cancelling(stop), options, stop.Token);

        run.Should().Throw<OperationCanceledException>();
        study.Trials.Should().ContainSingle().Which.State.Should().Be(TrialState.Fail);
    }

    [Fact]
    public void A_value_is_made_of_a_double_a_list_or_a_pair()
    {
        ObjectiveValue one = 2, pair = (1.0, 2.0), list = new[] { 1.0, 2.0 };
        one.Values.Should().Equal(2.0);
        pair.Should().Be(list).And.NotBe(one);
        ObjectiveValue.FromList([1.0, 2.0]).Should().Be(pair);
        (ObjectiveValue.FromDouble(2) == one).Should().BeTrue();
        (pair != one).Should().BeTrue();
    }

    private static double Square(double x) => x * x;

    private sealed class Cancelling(CancellationTokenSource stop) : IObjective
    {
        public ObjectiveValue Evaluate(Trial trial)
        {
            stop.Cancel();
            trial.CancellationToken.ThrowIfCancellationRequested();
            return 0;
        }
    }
}
