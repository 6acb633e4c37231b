using Hpo.Interop.Tables;

namespace Hpo.Interop.Tests;

/// <summary>The one rule that tells which trials are the best.</summary>
public sealed class BestTrialsTests
{
    private static readonly StudyDirection[] Minimize = [StudyDirection.Minimize];
    private static readonly StudyDirection[] Maximize = [StudyDirection.Maximize];
    private static readonly StudyDirection[] Both = [StudyDirection.Minimize, StudyDirection.Maximize];

    [Fact]
    public void The_first_of_equal_values_is_the_best_and_infinities_compare_as_numbers()
    {
        FrozenTrial[] trials =
            [Complete(0, 2), Complete(1, 1), Complete(2, 1), Complete(3, double.PositiveInfinity), Complete(4, double.NaN)];
        Numbers(BestTrials.Of(trials, Minimize)).Should().Equal(1);
        Numbers(BestTrials.Of(trials, Maximize)).Should().Equal(3);
    }

    [Fact]
    public void The_front_holds_what_no_other_trial_beats_equal_ones_too()
    {
        FrozenTrial[] trials =
            [Complete(0, 1, 1), Complete(1, 2, 3), Complete(2, 2, 2), Complete(3, 1, 1), Complete(4, 0, 0), Complete(5, 3, 3)];
        Numbers(BestTrials.Of(trials, Both)).Should().Equal(0, 1, 3, 4);
    }

    [Fact]
    public void Trials_that_are_not_complete_are_never_the_best()
    {
        FrozenTrial[] trials =
        [
            new() { Number = 0, State = TrialState.Pruned, Values = [0] },
            new() { Number = 1, State = TrialState.Fail },
        ];
        BestTrials.Of(trials, Minimize).Should().BeEmpty();
    }

    // Whole numbers are what JSON makes of Python's; a trial without constraints has none to violate.
    public static readonly TheoryData<object?, bool> Constraints = new()
    {
        { new object?[] { -1.0, 0.5 }, false },
        { new object?[] { 1L }, false },
        { new object?[] { 0L, -3L }, true },
        { new object?[] { 0.0, -0.0 }, true },
        { new object?[] { double.NaN }, false },
        { new object?[] { double.NegativeInfinity }, true },
        { new object?[] { true }, false },
        { new object?[] { "0" }, false },
        { Array.Empty<object?>(), true },
        { null, true },
    };

    [Theory]
    [MemberData(nameof(Constraints))]
    public void A_trial_is_feasible_when_no_constraint_is_above_0(object? constraints, bool isFeasible)
    {
        FrozenTrial trial = With(Complete(0, 1), "constraints", constraints);
        trial.IsFeasible.Should().Be(isFeasible);
        Numbers(BestTrials.Of([trial, Complete(1, 2)], Minimize)).Should().Equal(isFeasible ? 0 : 1);
        Numbers(BestTrials.Of([trial], Minimize)).Should().Equal(isFeasible ? [0] : Array.Empty<int>());
        With(Complete(0, 1, 1), "constraints", constraints).IsFeasible.Should().Be(isFeasible);
    }

    [Theory]
    [InlineData("[]", true)]
    [InlineData("null", true)]
    [InlineData("[0, -1]", true)]
    [InlineData("[0.0, -Infinity]", true)]
    [InlineData("[-1, 1]", false)]
    [InlineData("[1e-300]", false)]
    [InlineData("[NaN]", false)]
    [InlineData("[Infinity]", false)]
    [InlineData("[false, true]", false)]
    [InlineData("[null]", false)]
    public void Constraints_are_read_from_the_tables_JSON(string json, bool areKept)
    {
        Stored(("constraints", json)).IsFeasible.Should().Be(areKept);
        Stored(("constraints:a", "0"), ("constraints:b", areKept ? "-2" : "2")).IsFeasible.Should().Be(areKept);

        static StoredTrial Stored(params (string Key, string Json)[] attributes) => new(new TrialHeader(1, 0, TrialState.Complete, null, null))
        {
            SystemAttributes = [.. attributes.Select(attribute => KeyValuePair.Create(attribute.Key, attribute.Json))],
        };
    }

    [Fact]
    public void Constraints_of_their_own_names_count_like_those_of_a_list()
    {
        FrozenTrial trial = With(With(Complete(0, 1), "constraints", new object?[] { -1L, 0.5 }), "constraints:cost", 2L);
        trial.Constraints.Should().Equal(new Dictionary<string, double> { ["0"] = -1, ["1"] = 0.5, ["cost"] = 2 });
        trial.IsFeasible.Should().BeFalse();
        With(Complete(0, 1), "constraints:cost", 0L).IsFeasible.Should().BeTrue();
        With(Complete(0, 1), "constraints_of_mine", 1L).IsFeasible.Should().BeTrue();
    }

    [Fact]
    public void The_front_holds_feasible_trials_only()
    {
        FrozenTrial[] trials = [With(Complete(0, 0, 9), "constraints", new object?[] { 1L }), Complete(1, 1, 2), Complete(2, 2, 1)];
        Numbers(BestTrials.Of(trials, Both)).Should().Equal(1);
        BestTrials.Of(trials[..1], Both).Should().BeEmpty();
    }

    private static IEnumerable<int> Numbers(IEnumerable<FrozenTrial> trials) => trials.Select(trial => trial.Number);

    private static FrozenTrial Complete(int number, params double[] values) => new() { Number = number, Values = values };

    private static FrozenTrial With(FrozenTrial trial, string key, object? value) =>
        trial with { SystemAttrs = new Dictionary<string, object?>(trial.SystemAttrs) { [key] = value } };
}
