using Hpo.ParallelLauncher.Progress;
using Microsoft.Extensions.Time.Testing;

namespace Hpo.ParallelLauncher.Tests.Progress;

public class TrialRateTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void The_rate_is_that_of_the_last_two_minutes()
    {
        var rate = new TrialRate(_time);
        rate.After(10).Should().BeNull("one poll gives no rate");

        for (int minute = 1; minute <= 10; minute++)
        {
            _time.Advance(TimeSpan.FromMinutes(1));
            rate.After(10 + 6 * minute).Should().BeApproximately(6, 1e-9);
        }

        _time.Advance(TimeSpan.FromMinutes(1));
        rate.After(70 + 30).Should().BeApproximately(18, 1e-9, "of the last two minutes one was quick");
    }

    [Fact]
    public void Trials_that_take_longer_than_the_window_have_a_rate_too()
    {
        var rate = new TrialRate(_time);
        rate.After(0);
        _time.Advance(TimeSpan.FromMinutes(10));
        rate.After(1).Should().BeApproximately(0.1, 1e-9);
    }
}
