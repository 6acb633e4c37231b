using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Workers;
using Hpo.Tests;
using Microsoft.Extensions.Time.Testing;

namespace Hpo.ParallelLauncher.Tests.Backends;

/// <summary>What a launcher makes of an engine's word and of an agent's, where one of them is missing.</summary>
public sealed class ClusterWatchTests : IDisposable
{
    private static readonly IReadOnlyList<ClusterTask> Forgotten = [];

    private readonly TemporaryFolder _folder = new();

    // Hours from the clock by which the agents' files are dated.
    private readonly FakeTimeProvider _time = new(DateTimeOffset.UtcNow.AddHours(3));

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_a_task_wrote_last_is_told_where_its_agent_could_say_nothing()
    {
        File.WriteAllText(_folder.File("task-0.log"), "begins\nenv: 'ParallelLauncher': No such file or directory\n\n");

        WorkerStatus worker = AfterLag(Watch(), Ended("failed", exitCode: 127));

        worker.Should().BeEquivalentTo(new { State = WorkerState.Failed, ExitCode = 127 });
        worker.Problem.Should().Contain("without a word of its agent (failed)").And.Contain("task-0.log ends with: env: 'ParallelLauncher': No such file or directory");
    }

    [Fact]
    public void A_task_without_a_log_may_lack_the_folder() => AfterLag(Watch(), Ended("failed: JobLaunchFailure")).Problem
        .Should().Contain("JobLaunchFailure").And.Contain($"there is no {_folder.File("task-0.log")}: do all hosts share its folder?");

    [Fact]
    public void A_task_that_is_not_started_anew_keeps_its_agents_word()
    {
        Write(WorkerState.Stopped, 143, hasEnded: true, isRequeued: true);

        WorkerStatus worker = AfterLag(Watch(), Ended("cancelled", exitCode: 143));

        worker.Should().BeEquivalentTo(new { State = WorkerState.Failed, ExitCode = 143 });
        worker.Problem.Should().Contain("not started anew (cancelled)").And.Contain("--resume");
    }

    [Fact]
    public void An_agent_that_renews_its_file_lives_whatever_the_clocks_say()
    {
        ClusterWatch watch = Watch();
        for (int minute = 0; minute < 10; minute++)
        {
            Write(WorkerState.Running);
            File.SetLastWriteTimeUtc(_folder.File("worker-0.json"), DateTime.UtcNow.AddHours(-3).AddMinutes(minute));
            watch.Read(Forgotten)[0].State.Should().Be(WorkerState.Running);
            _time.Advance(TimeSpan.FromMinutes(1));
        }

        watch.Read(Forgotten);
        _time.Advance(TimeSpan.FromMinutes(2));
        watch.Read(Forgotten)[0].Should().BeEquivalentTo(new { State = WorkerState.Failed, ExitCode = 1 });
    }

    [Fact]
    public void One_look_asks_the_folders_own_clock()
    {
        Write(WorkerState.Running);
        OneLook().State.Should().Be(WorkerState.Running);

        File.SetLastWriteTimeUtc(_folder.File("worker-0.json"), DateTime.UtcNow.AddMinutes(-3));
        OneLook().State.Should().Be(WorkerState.Failed);

        WorkerStatus OneLook() => new ClusterWatch(Run, new FakeEngine(), _time) { IsOneLook = true }.Read(Forgotten)[0];
    }

    [Fact]
    public void Without_an_agents_files_a_start_is_numbered_by_the_engines_attempts()
    {
        ClusterTask task = new() { Index = 0, State = TaskState.Running, Attempt = 2 };
        var watch = new ClusterWatch(Run with { FirstStarts = [7] }, new FakeEngine { SharesFolders = false }, _time);

        watch.Read([task])[0].Start.Should().Be(7 + 2 * AgentPlan.StartsPerAttempt);
        watch.Read(null)[0].Start.Should().Be(7);
    }

    private ClusterRun Run => new() { Id = "r", Workers = 1, Directory = _folder.Path, Settings = new Dictionary<string, IReadOnlyList<string>>() };

    private ClusterWatch Watch() => new(Run, new FakeEngine(), _time);

    private static ClusterTask Ended(string reason, int? exitCode = null) =>
        new() { Index = 0, State = TaskState.Ended, Reason = reason, ExitCode = exitCode };

    private WorkerStatus AfterLag(ClusterWatch watch, ClusterTask task)
    {
        watch.Read([task])[0].HasEnded.Should().BeFalse("its agent's word may come late");
        _time.Advance(TimeSpan.FromSeconds(11));
        return watch.Read([task])[0];
    }

    private void Write(WorkerState state, int? exitCode = null, bool hasEnded = false, bool isRequeued = false) => new AgentStatus
    {
        Worker = new WorkerStatus { Index = 0, State = state, ExitCode = exitCode },
        Host = "n1",
        ProcessId = 1,
        Attempt = 0,
        HasContact = true,
        HasEnded = hasEnded,
        IsRequeued = isRequeued,
    }.Write(_folder.Path);
}
