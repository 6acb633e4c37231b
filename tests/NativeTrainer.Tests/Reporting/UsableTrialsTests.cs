using Hpo.Interop;
using Hpo.Interop.Reporting.Snapshots;

namespace Hpo.NativeTrainer.Tests.Reporting;

/// <summary>Which trials importances are found from, and what objectives are called.</summary>
public sealed class UsableTrialsTests
{
    private static readonly FloatDistribution Unit = new(0, 1), Other = new(0, 2);

    [Fact]
    public void All_trials_count_where_they_have_the_same_parameters()
    {
        UsableTrials usable = UsableTrials.Of([Trial(0, ("a", Unit), ("b", Unit)), Trial(1, ("b", Unit), ("a", Unit))]);
        (usable.Trials.Count, usable.Parameters).Should().Be((2, 2));
        usable.LeftOut.Should().BeEmpty();
    }

    [Fact]
    public void A_trial_that_lacks_a_parameter_or_drew_it_from_another_range_is_left_out_for_the_many()
    {
        FrozenTrial[] many = [.. Enumerable.Range(0, 20).Select(number => Trial(number, ("a", Unit), ("b", Unit), ("c", Unit)))];
        UsableTrials usable = UsableTrials.Of([.. many, Trial(20, ("a", Unit)), Trial(21, ("a", Unit), ("b", Other), ("c", Unit)), Trial(22)]);
        (usable.Trials.Count, usable.Parameters).Should().Be((20, 3));
        usable.LeftOut.Should().Equal(20, 21, 22);
    }

    [Fact]
    public void Branches_that_share_a_parameter_all_count_by_it()
    {
        FrozenTrial[] trials = [.. Enumerable.Range(0, 30).Select(number => Trial(number, ("kind", Unit), (number % 3 == 0 ? "x" : number % 3 == 1 ? "y" : "z", Unit)))];
        UsableTrials usable = UsableTrials.Of(trials);
        (usable.Trials.Count, usable.Parameters).Should().Be((30, 1));
    }

    [Fact]
    public void Values_that_are_not_finite_do_not_count_and_nothing_in_common_is_nothing()
    {
        UsableTrials.Of([Trial(0, ("a", Unit)), Trial(1, ("a", Unit)), Trial(2, ("a", Unit)) with { Value = double.NaN }]).LeftOut.Should().Equal(2);
        UsableTrials none = UsableTrials.Of([Trial(0, ("a", Unit)), Trial(1, ("b", Unit))]);
        (none.Trials.Count, none.Parameters).Should().Be((0, 0));
    }

    [Fact]
    public void Objectives_are_called_as_Optuna_or_the_study_says_and_nothing_else_is_believed()
    {
        Names(2, """["x", "y"]""", (string[])["a", "b"]).Should().Equal("a", "b");
        Names(1, """["log-loss"]""", null).Should().Equal("log-loss");
        Names(2, """["only"]""", null).Should().Equal("Objective 0", "Objective 1");
        Names(2, "no list", (string[])["a", "a"]).Should().Equal("Objective 0", "Objective 1");
        Names(1, null, 5L).Should().Equal("Value");
    }

    private static IReadOnlyList<string> Names(int count, string? metrics, object? system) => ObjectiveNames.Of(
        count,
        new Dictionary<string, object?> { ["metrics"] = metrics },
        new Dictionary<string, object?> { ["study:metric_names"] = system is string[] names ? names.Cast<object?>().ToArray() : system });

    private static FrozenTrial Trial(int number, params (string Name, Distribution Distribution)[] parameters) => new()
    {
        Number = number,
        Value = number,
        Distributions = parameters.ToDictionary(parameter => parameter.Name, parameter => parameter.Distribution),
        Params = parameters.ToDictionary(parameter => parameter.Name, object? (_) => 0.5),
    };
}
