using Hpo.ParallelLauncher.Progress;

namespace Hpo.ParallelLauncher.Tests.Progress;

public class PlaceQueueTests
{
    private readonly PlaceQueue _places = new();

    [Fact]
    public async Task No_more_workers_go_on_than_trials_are_left()
    {
        for (int worker = 0; worker < 4; worker++) _places.Enter(worker);
        Task<bool>[] waiting = [.. Enumerable.Range(1, 3).Select(worker => _places.WaitAsync(worker, TestContext.Current.CancellationToken))];

        _places.Release(left: 1);
        waiting.Should().OnlyContain(wait => !wait.IsCompleted, "worker 0 still runs, and takes it");

        _places.Leave(0);
        _places.Release(left: 1);
        (await waiting[0]).Should().BeTrue();
        _places.Release(left: 1);
        waiting[1].IsCompleted.Should().BeFalse();

        _places.Dismiss();
        (await waiting[1]).Should().BeFalse();
        (await waiting[2]).Should().BeFalse();
    }

    [Fact]
    public async Task It_is_known_when_nobody_is_left_but_those_who_wait()
    {
        _places.Enter(0);
        _places.HasOnlyWaiting.Should().BeFalse();
        Task<bool> wait = _places.WaitAsync(0, TestContext.Current.CancellationToken);
        _places.HasOnlyWaiting.Should().BeTrue();

        _places.Leave(0);

        (await wait).Should().BeFalse();
        _places.HasOnlyWaiting.Should().BeFalse();
    }
}
