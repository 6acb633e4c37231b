using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.ParallelLauncher.Display;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Progress;
using Hpo.ParallelLauncher.Studies;
using Hpo.ParallelLauncher.Workers;
using Microsoft.Extensions.Time.Testing;
using Spectre.Console.Testing;

namespace Hpo.ParallelLauncher.Tests.Display;

public class LiveViewTests
{
    private static readonly LaunchPlan Plan = new()
    {
        Worker = new WorkerCommand { Program = "/bin/true", Origin = "", Name = "w" },
        WorkerArguments = [],
        Workers = 2,
        StudyName = "digits",
        Storage = StorageUrl.Parse("sqlite:///s.db"),
        Directions = ["maximize"],
        TotalTrials = 20,
        LogDirectory = "runs",
        MaxRestarts = 0,
        Halt = HaltPolicy.Never,
        Grace = TimeSpan.FromSeconds(1),
    };

    [Fact]
    public async Task The_table_shows_each_worker_the_overall_bar_and_the_best_value()
    {
        using var console = new TestConsole().Width(100);
        var time = new FakeTimeProvider();
        await using (var view = new LiveView(Plan, console, time, new RunFaults(_ => { })))
        {
            view.OnStatus(new WorkerStatus { Index = 1, State = WorkerState.Restarting, Restarts = 2, ExitCode = 139 });
            view.OnProgress(new RunProgress(
                new StudyProgress([StudyDirection.Maximize], new TrialCounts(4, 1, 0, 2, 0), 0.9731),
                [new WorkerTally { Complete = 3, Pruned = 1, LastValue = 0.25, Trial = 17 }, new WorkerTally()],
                Finished: 5,
                TrialsPerMinute: 7.5,
                Left: TimeSpan.FromMinutes(2)));
            await RefreshAsync(console, time, "25 %");
        }

        console.Output.Should().Contain("5 of 20 trials").And.Contain("best 0.9731").And.Contain("digits")
            .And.Contain("7.5 trials a minute").And.Contain("2 min 00 s left");
        console.Lines.Should().Contain(line => line.Contains("restarting") && line.Contains("139 SEGV"));
        console.Lines.Should().Contain(line => line.Contains("17") && line.Contains("0.25") && line.Contains("3, 1 pruned"));
    }

    [Fact]
    public async Task What_workers_write_is_shown_as_text_and_cannot_move_the_cursor()
    {
        using var console = new TestConsole().Width(100);
        await using (var view = new LiveView(Plan, console, new FakeTimeProvider(), new RunFaults(_ => { })))
        {
            view.OnLine(1, "\u001b[2J\u001b[32mgreen\u001b[0m [red]not markup[/]\a", isError: false);
        }

        console.Output.Should().Contain("[1] green [red]not markup[/]").And.NotContain("\u001b[2J").And.NotContain("\a");
    }

    private static async Task RefreshAsync(TestConsole console, FakeTimeProvider time, string text)
    {
        while (!console.Output.Contains(text, StringComparison.Ordinal))
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            time.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }
    }
}
