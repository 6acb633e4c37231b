using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Tests.Workers;

public class RestartBackoffTests
{
    [Theory]
    [InlineData(1, 0.5, 1)]
    [InlineData(2, 1, 2)]
    [InlineData(5, 8, 16)]
    [InlineData(6, 15, 30)]
    [InlineData(2000, 15, 30)]
    public void The_wait_doubles_up_to_its_limit_with_jitter_of_a_half(int restart, double least, double most)
    {
        var random = new Random(1);

        var delays = Enumerable.Range(0, 200).Select(_ => RestartBackoff.Default.Delay(restart, random).TotalSeconds).ToArray();

        delays.Should().OnlyContain(delay => delay >= least && delay <= most);
        (delays.Max() - delays.Min()).Should().BeGreaterThan((most - least) * 0.8);
    }
}
