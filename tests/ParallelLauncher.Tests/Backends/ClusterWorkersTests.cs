using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Backends;

/// <summary>A run whose folder is taken away while its workers run, and one that is stopped from another host.</summary>
public sealed class ClusterWorkersTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_stop_reaches_the_engine_where_the_runs_folder_is_gone()
    {
        string gone = _folder.File("gone");
        var engine = new FakeEngine { Tasks = [new ClusterTask { Index = 0, State = TaskState.Running }], SharesFolders = false };
        engine.OnStop = stage =>
        {
            if (stage is StopStage.Interrupt) engine.Tasks = [new ClusterTask { Index = 0, State = TaskState.Ended, ExitCode = 130 }];
        };
        var faults = new RunFaults(_ => { });
        using var stop = new StopController(TimeSpan.FromMinutes(1), TimeProvider.System, faults);
        var run = new ClusterRun { Id = "r", Workers = 1, Directory = gone, Settings = new Dictionary<string, IReadOnlyList<string>>() };
        stop.Request(new StopReason(StopCause.Signal, "interrupted", 130));

        IReadOnlyList<WorkerStatus> ended = await new ClusterWorkers(engine, run, new Nobody(), faults, TimeProvider.System)
            .RunAsync(Plan, RunPaths.Existing(gone), new UnknownWork(), stop);

        ended.Should().ContainSingle().Which.State.Should().Be(WorkerState.Stopped);
        engine.Stages.Should().StartWith([StopStage.Interrupt]).And.EndWith([StopStage.Kill]);
        faults.Messages.Should().ContainSingle().Which.Should().Contain("stop file").And.Contain(gone);
    }

    [Fact]
    public async Task A_stop_from_another_host_is_the_reason_of_the_end_and_is_not_repeated()
    {
        string folder = Directory.CreateDirectory(_folder.File("run")).FullName;
        StopFile.Write(folder);
        var engine = new FakeEngine { Tasks = [new ClusterTask { Index = 0, State = TaskState.Ended, ExitCode = 130 }], SharesFolders = false };
        var faults = new RunFaults(_ => { });
        using var stop = new StopController(TimeSpan.FromMinutes(1), TimeProvider.System, faults);
        var run = new ClusterRun { Id = "r", Workers = 1, Directory = folder, Settings = new Dictionary<string, IReadOnlyList<string>>() };

        await new ClusterWorkers(engine, run, new Nobody(), faults, TimeProvider.System)
            .RunAsync(Plan, RunPaths.Existing(folder), new UnknownWork(), stop);

        stop.Reason.Should().Match<StopReason>(reason => reason.ExitCode == 130 && reason.Description.Contains("ParallelLauncher stop"));
        engine.Stages.Should().Equal(StopStage.Kill);
    }

    private static LaunchPlan Plan => new LaunchPlanner((_, _) => new WorkerCommand { Program = "/bin/true", Origin = "true", Name = "true" }, (_, _) => [])
        .Plan(new LaunchRequest { Worker = "true", Workers = 1, LogDirectory = Path.GetTempPath() }, out _)!;

    private sealed class Nobody : IWorkerObserver
    {
        public void OnStatus(WorkerStatus status)
        {
            // What matters is how it ended.
        }
    }
}
