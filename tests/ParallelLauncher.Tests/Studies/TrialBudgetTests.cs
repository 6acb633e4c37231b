using Hpo.Interop;
using Hpo.ParallelLauncher.Studies;
using Microsoft.Extensions.Time.Testing;

namespace Hpo.ParallelLauncher.Tests.Studies;

public class TrialBudgetTests
{
    private static readonly TrialState[] Counted = [TrialState.Complete, TrialState.Pruned];

    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Workers_have_time_to_end_by_themselves_once_the_budget_is_reached()
    {
        var budget = new TrialBudget(10, Counted, TimeSpan.FromSeconds(3), _time);

        budget.IsOverdue(Finished(9)).Should().BeFalse();
        _time.Advance(TimeSpan.FromHours(1));
        budget.IsOverdue(Finished(10)).Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(2.9));
        budget.IsOverdue(Finished(10)).Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(0.1));
        budget.IsOverdue(Finished(11)).Should().BeTrue();
    }

    [Fact]
    public void Complete_and_pruned_trials_count_and_failed_and_running_ones_do_not()
    {
        var budget = new TrialBudget(10, Counted, TimeSpan.Zero, _time);

        budget.IsReached(new TrialCounts(Complete: 6, Pruned: 4, Failed: 0, Running: 0, Waiting: 0)).Should().BeTrue();
        budget.IsReached(new TrialCounts(Complete: 9, Pruned: 0, Failed: 5, Running: 5, Waiting: 5)).Should().BeFalse();
    }

    [Fact]
    public void What_counts_can_be_chosen()
    {
        var budget = new TrialBudget(10, [TrialState.Complete, TrialState.Fail], TimeSpan.Zero, _time);

        budget.Finished(new TrialCounts(Complete: 1, Pruned: 2, Failed: 4, Running: 8, Waiting: 16)).Should().Be(5);
    }

    [Fact]
    public void A_running_trial_holds_its_place_until_it_ends()
    {
        var budget = new TrialBudget(10, Counted, TimeSpan.Zero, _time);

        budget.HasSlot(new TrialCounts(Complete: 7, Pruned: 0, Failed: 9, Running: 2, Waiting: 9)).Should().BeTrue();
        budget.HasSlot(new TrialCounts(Complete: 7, Pruned: 0, Failed: 9, Running: 3, Waiting: 9)).Should().BeFalse();
    }

    private static TrialCounts Finished(int complete) => new(complete, 0, 0, 0, 0);
}
