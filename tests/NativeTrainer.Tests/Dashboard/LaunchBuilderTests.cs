using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.Interop.Reporting.Dashboard.Launches;
using Hpo.Interop.Tables;

namespace Hpo.NativeTrainer.Tests.Dashboard;

public sealed class LaunchBuilderTests
{
    private const string Run = "20260101T000000Z-aaaaaa";

    private static readonly DateTime Now = new(2026, 1, 1, 13, 0, 0);

    // Twenty trials in ten minutes of worker 0, which runs another one; worker 1 has taken one that failed.
    private readonly OwnedTrials _trials = new([.. Enumerable.Range(0, 20).Select(i => Trial(i, TrialState.Complete, 0, Now.AddSeconds(-30 * (20 - i)))),
        Trial(20, TrialState.Running, 0, null), Trial(21, TrialState.Fail, 1, Now.AddMinutes(-1))]);

    [Fact]
    public void A_led_run_has_its_launchers_states_and_its_trials_counts()
    {
        LaunchView view = View(Led());
        view.Should().BeEquivalentTo(new { State = "running", CanStop = true, StopCommand = $"ParallelLauncher stop {Run} --log-dir x", Done = 20, Total = 40 });
        view.TrialsPerMinute.Should().BeApproximately(2, 0.5);
        view.SecondsLeft.Should().BeApproximately(20 * 60 / view.TrialsPerMinute!.Value, 1e-6);
        view.Workers[0].Should().BeEquivalentTo(new { State = "running", Trial = 20L, Complete = 20, Failed = 0, LastValue = 19.0, Restarts = 1 });
        view.Workers[1].Should().BeEquivalentTo(new { State = "restarting", Trial = (long?)null, Complete = 0, Failed = 1, Problem = "exit code 1" });
        view.Workers[2].Should().BeEquivalentTo(new { State = "queued", Reason = "no place", Complete = 0 });
    }

    [Fact]
    public void It_is_stopping_when_all_of_its_workers_are_or_this_dashboard_has_asked()
    {
        View(Led("stopping", "running", "failed")).State.Should().Be("running", "one worker by itself may be stopped");
        View(Led("stopping", "stopped", "failed")).State.Should().Be("stopping");
        new LaunchBuilder(_trials, Now, "").Of(Found(Led()), isStopped: true).State.Should().Be("stopping");
    }

    [Fact]
    public void Where_no_launcher_writes_the_record_the_trials_tell()
    {
        LaunchView detached = View(Led() with { State = LaunchRecord.Detached, Job = "Slurm job 7" });
        detached.Should().BeEquivalentTo(new { State = "detached", CanStop = false, Job = "Slurm job 7", StopCommand = $"ParallelLauncher stop {Run} --log-dir x" });
        detached.Workers.Select(worker => worker.State).Should().Equal("running", "no trial", "unknown");

        LaunchView killed = View(Led("running", "failed", "waiting") with { Launcher = ProcessIdentity.Current with { Born = "0" } });
        killed.Should().BeEquivalentTo(new { State = "killed", CanStop = false, StopCommand = (string?)null, SecondsLeft = (double?)null });
        killed.Workers.Select(worker => worker.State).Should().Equal("running", "failed", "gone");
    }

    [Fact]
    public void A_finished_run_is_as_it_ended()
    {
        LaunchView view = View(Led("succeeded", "failed", "stopped") with { State = "finished", ExitCode = 0, Finished = Now, Errors = ["a problem"] });
        view.Should().BeEquivalentTo(new { State = "finished", ExitCode = 0, CanStop = false, StopCommand = (string?)null, TrialsPerMinute = (double?)null, Problems = new[] { "a problem" } });
        view.Workers.Select(worker => worker.State).Should().Equal("succeeded", "failed", "stopped");
    }

    private LaunchView View(LaunchedRun run) => new LaunchBuilder(_trials, Now, " --log-dir x").Of(Found(run), isStopped: false);

    private static FoundRun Found(LaunchedRun run) => new(new RunPaths($"/runs/{Run}"), run);

    private static LaunchedRun Led(params string[] states)
    {
        if (states.Length == 0) states = ["running", "restarting", "queued"];
        return new()
        {
            Run = Run,
            State = LaunchRecord.Running,
            Launcher = ProcessIdentity.Current,
            Started = new DateTimeOffset(Now.AddMinutes(-10), TimeZoneInfo.Local.GetUtcOffset(Now)),
            Plan = new LaunchGoal { TotalTrials = 40 },
            Workers = [.. states.Select((state, index) => new WorkerRecord
            {
                Index = index,
                State = state,
                Restarts = 1,
                Start = 0,
                DurationSeconds = 1,
                Log = "",
                Reason = state == "queued" ? "no place" : null,
                Problem = state == "restarting" ? "exit code 1" : null,
            })],
        };
    }

    private static FrozenTrial Trial(int number, TrialState state, int worker, DateTime? end) => new()
    {
        Number = number,
        State = state,
        Value = state is TrialState.Complete ? number : null,
        DatetimeStart = Now.AddMinutes(-10),
        DatetimeComplete = end,
        SystemAttrs = new Dictionary<string, object?> { [TrialOwner.Key] = new Dictionary<string, object?> { ["run"] = Run, ["worker"] = (long)worker } },
    };
}
