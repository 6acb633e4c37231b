using Hpo.Interop;
using Hpo.Interop.Reporting.Dashboard.Launches;

namespace Hpo.NativeTrainer.Tests.Dashboard;

public sealed class TrialEndsTests
{
    private static readonly DateTime Began = new(2026, 1, 1, 12, 0, 0), Now = Began.AddMinutes(60);
    private static readonly TrialState[] Counted = [TrialState.Complete, TrialState.Pruned];

    private readonly TrialEnds _ends = new();

    [Fact]
    public void Many_trials_are_counted_over_the_last_two_minutes()
    {
        for (int second = 0; second < 3600; second += 10) _ends.Add(Began.AddSeconds(second + 5), TrialState.Complete);
        Rate().Should().BeApproximately(6, 1e-9);
    }

    [Fact]
    public void Slow_trials_have_a_rate_over_the_newest_five()
    {
        for (int minute = 0; minute <= 50; minute += 10) _ends.Add(Began.AddMinutes(minute), TrialState.Pruned);
        Rate().Should().BeApproximately(5 / 60.0, 1e-9);
    }

    [Fact]
    public void What_ended_before_the_run_or_does_not_count_is_left_out()
    {
        _ends.Add(Began.AddMinutes(-1), TrialState.Complete);
        _ends.Add(Began.AddMinutes(30), TrialState.Fail);
        Rate().Should().BeNull();
        _ends.Add(Began.AddMinutes(30), TrialState.Complete);
        Rate().Should().BeApproximately(1 / 60.0, 1e-9);
    }

    [Fact]
    public void A_run_that_has_just_begun_has_no_rate()
    {
        _ends.Add(Began.AddSeconds(1), TrialState.Complete);
        _ends.PerMinute(Counted, Began, Began.AddSeconds(2)).Should().BeNull();
    }

    [Fact]
    public void Very_many_trials_keep_their_rate_though_not_all_are_kept()
    {
        for (int i = 0; i < 100_000; i++) _ends.Add(Now.AddMilliseconds(-10 * (100_000 - i)), TrialState.Complete);
        Rate().Should().BeApproximately(6000, 10);
    }

    private double? Rate() => _ends.PerMinute(Counted, Began, Now);
}
