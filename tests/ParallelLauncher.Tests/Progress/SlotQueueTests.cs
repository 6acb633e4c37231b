using Hpo.ParallelLauncher.Progress;

namespace Hpo.ParallelLauncher.Tests.Progress;

public class SlotQueueTests
{
    private readonly SlotQueue _slots = new();

    [Fact]
    public async Task No_more_workers_go_on_than_trials_are_left()
    {
        for (int worker = 0; worker < 4; worker++) _slots.Enter(worker);
        Task<bool>[] waiting = [.. Enumerable.Range(1, 3).Select(worker => _slots.WaitAsync(worker, TestContext.Current.CancellationToken))];

        _slots.Release(left: 1);
        waiting.Should().OnlyContain(wait => !wait.IsCompleted, "worker 0 still runs, and takes it");

        _slots.Leave(0);
        _slots.Release(left: 1);
        (await waiting[0]).Should().BeTrue();
        _slots.Release(left: 1);
        waiting[1].IsCompleted.Should().BeFalse();

        _slots.Dismiss();
        (await waiting[1]).Should().BeFalse();
        (await waiting[2]).Should().BeFalse();
    }

    [Fact]
    public async Task It_is_known_when_nobody_is_left_but_those_who_wait()
    {
        _slots.Enter(0);
        _slots.HasOnlyWaiting.Should().BeFalse();
        Task<bool> wait = _slots.WaitAsync(0, TestContext.Current.CancellationToken);
        _slots.HasOnlyWaiting.Should().BeTrue();

        _slots.Leave(0);

        (await wait).Should().BeFalse();
        _slots.HasOnlyWaiting.Should().BeFalse();
    }
}
