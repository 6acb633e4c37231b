using Hpo.ParallelLauncher.Results;
using Hpo.ParallelLauncher.Workers;

namespace Hpo.ParallelLauncher.Tests.Results;

public class ExitCodesTests
{
    [Theory]
    [InlineData(new[] { 0, 0 }, null, 0)]
    [InlineData(new[] { 0, 0 }, true, 0)]
    [InlineData(new[] { 0, 0 }, false, 1)]
    [InlineData(new[] { 0, 2 }, null, 2)]
    [InlineData(new[] { 0, 3 }, false, 3)]
    [InlineData(new[] { 4, 0 }, null, 4)]
    [InlineData(new[] { 9, 4 }, null, 4)]
    [InlineData(new[] { 3, 2 }, null, 2)]
    [InlineData(new[] { 137, 0 }, null, 1)]
    [InlineData(new[] { 137, 0 }, true, 0)]
    public void The_workers_exits_and_the_budget_make_one_exit_code(int[] exits, bool? budgetMet, int expected)
    {
        ExitCodes.Aggregate(null, [.. exits.Select(Worker)], budgetMet).Should().Be(expected);
    }

    [Theory]
    [InlineData(124)]
    [InlineData(130)]
    [InlineData(143)]
    public void A_stop_from_outside_comes_before_the_workers_exits(int exitCode)
    {
        var reason = new StopReason(StopCause.Signal, "stopped", exitCode);

        ExitCodes.Aggregate(reason, [Worker(0), Worker(1)], false).Should().Be(exitCode);
    }

    [Fact]
    public void A_worker_that_failed_and_so_halted_the_others_gives_its_exit_code()
    {
        var reason = new StopReason(StopCause.WorkerFailed, "worker 0 failed");

        ExitCodes.Aggregate(reason, [Worker(3), new WorkerStatus { Index = 1, State = WorkerState.Stopped, ExitCode = 130 }], null)
            .Should().Be(3);
    }

    private static WorkerStatus Worker(int exitCode) => new()
    {
        Index = 0,
        ExitCode = exitCode,
        State = exitCode == 0 ? WorkerState.Succeeded : WorkerState.Failed,
    };
}
