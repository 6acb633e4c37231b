using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.ParallelLauncher.Display;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Progress;
using Hpo.ParallelLauncher.Studies;
using Microsoft.Extensions.Time.Testing;

namespace Hpo.ParallelLauncher.Tests.Display;

public sealed class PlainViewTests : IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public void Progress_is_told_when_it_changes_and_not_too_often()
    {
        var view = View();

        view.OnProgress(Progress(1));
        _time.Advance(TimeSpan.FromSeconds(1));
        view.OnProgress(Progress(2));
        _time.Advance(TimeSpan.FromSeconds(4));
        view.OnProgress(Progress(3));
        _time.Advance(TimeSpan.FromSeconds(60));
        view.OnProgress(Progress(3));

        _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Should().SatisfyRespectively(
            first => first.Should().Contain("1 of 10 trials finished"),
            second => second.Should().Contain("3 of 10 trials finished"));
    }

    [Fact]
    public void Each_stream_keeps_its_own_lines()
    {
        var view = View();

        view.OnLine(0, "a", isError: false);
        view.OnLine(1, "b", isError: true);

        _output.ToString().Trim().Should().Be("[0] a");
        _error.ToString().Trim().Should().Be("[1] b");
    }

    private static RunProgress Progress(int complete) =>
        new(new StudyProgress([StudyDirection.Minimize], new TrialCounts(complete, 0, 0, 1, 0), 0.5), [], complete, null, null);

    private PlainView View() => new(
        new LaunchPlan
        {
            Worker = new WorkerCommand { Program = "/bin/true", Origin = "", Name = "w" },
            WorkerArguments = [],
            Workers = 2,
            StudyName = "s",
            Storage = StorageUrl.Parse("sqlite:///s.db"),
            Directions = [],
            TotalTrials = 10,
            LogDirectory = "runs",
            MaxRestarts = 0,
            Halt = HaltPolicy.Never,
            Grace = TimeSpan.FromSeconds(1),
        },
        _output, _error, _time);
}
