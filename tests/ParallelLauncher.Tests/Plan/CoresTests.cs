using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Tests.Plan;

public class CoresTests
{
    [Theory]
    [InlineData(8, 3, new[] { 3, 3, 2 })]
    [InlineData(8, 8, new[] { 1, 1, 1, 1, 1, 1, 1, 1 })]
    [InlineData(2, 3, new[] { 1, 1, 1 })]
    public void Every_core_is_dealt_out_and_each_worker_has_one(int cores, int workers, int[] expected)
    {
        Enumerable.Range(0, workers).Select(index => Cores.Threads(cores, workers, index)).Should().Equal(expected);
    }

    [Theory]
    [InlineData(3, new[] { "0,1,2", "3,8", "9,10" })]
    [InlineData(7, new[] { "0", "1", "2", "3", "8", "9", "10" })]
    [InlineData(8, new[] { "0", "1", "2", "3", "8", "9", "10", "0" })]
    public void Each_worker_has_CPUs_of_its_own_as_far_as_they_go(int workers, string[] expected)
    {
        Enumerable.Range(0, workers).Select(index => Cores.CpuList([0, 1, 2, 3, 8, 9, 10], workers, index)).Should().Equal(expected);
    }

    [Fact]
    public void The_CPUs_of_this_process_are_known()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "They are read from /proc.");
        Cores.Allowed().Count.Should().BeGreaterThanOrEqualTo(Environment.ProcessorCount);
    }
}
