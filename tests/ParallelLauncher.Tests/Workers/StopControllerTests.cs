using Hpo.ParallelLauncher.Workers;
using Microsoft.Extensions.Time.Testing;

namespace Hpo.ParallelLauncher.Tests.Workers;

public sealed class StopControllerTests : IDisposable
{
    private static readonly StopReason Signal = new(StopCause.Signal, "interrupted", 130);
    private static readonly StopReason Timeout = new(StopCause.Timeout, "late", 124);

    private readonly FakeTimeProvider _time = new();
    private readonly RunFaults _faults = new(_ => { });
    private readonly StopController _stop;
    private readonly List<StopStage> _stages = [];

    public StopControllerTests()
    {
        _stop = new StopController(TimeSpan.FromSeconds(10), _time, _faults);
        _stop.Subscribe(_stages.Add);
    }

    public void Dispose() => _stop.Dispose();

    [Fact]
    public void After_the_grace_time_comes_sigterm_and_then_sigkill()
    {
        _stop.Request(Signal);
        _stages.Should().Equal(StopStage.Interrupt);
        _stop.Requested.IsCancellationRequested.Should().BeTrue();

        _time.Advance(TimeSpan.FromSeconds(9.9));
        _stages.Should().HaveCount(1);
        _time.Advance(TimeSpan.FromSeconds(0.1));
        _stages.Should().Equal(StopStage.Interrupt, StopStage.Terminate);
        _time.Advance(TimeSpan.FromSeconds(2));
        _stages.Should().Equal(StopStage.Interrupt, StopStage.Terminate, StopStage.Kill);
        _time.Advance(TimeSpan.FromHours(1));
        _stages.Should().HaveCount(3);
    }

    [Fact]
    public void A_second_signal_hastens_to_the_next_stage()
    {
        _stop.RequestOrHasten(Signal);
        _stop.RequestOrHasten(Signal);
        _stages.Should().Equal(StopStage.Interrupt, StopStage.Terminate);
        _stop.RequestOrHasten(Signal);
        _stop.RequestOrHasten(Signal);
        _stages.Should().Equal(StopStage.Interrupt, StopStage.Terminate, StopStage.Kill);
    }

    [Fact]
    public void A_second_reason_does_not_hasten_and_the_first_one_stays()
    {
        _stop.Request(Timeout);
        _stop.Request(Signal);

        _stages.Should().Equal(StopStage.Interrupt);
        _stop.Reason.Should().Be(Timeout);
    }

    [Fact]
    public void Who_comes_late_hears_the_stage_that_is_reached()
    {
        _stop.Request(Signal);
        var late = new List<StopStage>();

        _stop.Subscribe(late.Add);

        late.Should().Equal(StopStage.Interrupt);
    }

    [Fact]
    public void Who_has_left_hears_nothing()
    {
        var left = new List<StopStage>();
        _stop.Subscribe(left.Add).Dispose();

        _stop.Request(Signal);

        left.Should().BeEmpty();
    }

    [Fact]
    public void A_listener_that_fails_keeps_no_stage_from_the_others()
    {
        using var stop = new StopController(TimeSpan.FromSeconds(10), _time, _faults);
        var stages = new List<StopStage>();
        stop.Requested.Register(() => throw new InvalidOperationException("a registration"));
        stop.Subscribe(_ => throw new UnauthorizedAccessException("a display"));
        stop.Subscribe(_ => throw new InvalidOperationException("a worker"));
        stop.Subscribe(stages.Add);

        stop.Request(Signal);
        _time.Advance(TimeSpan.FromSeconds(10));

        stages.Should().Equal(StopStage.Interrupt, StopStage.Terminate);
        _faults.Messages.Should().ContainSingle().Which.Should().Contain("a registration");
    }
}
