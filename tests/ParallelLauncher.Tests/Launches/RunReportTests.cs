using System.Text.Json;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables;
using Hpo.ParallelLauncher.Commands;
using Hpo.ParallelLauncher.Display;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Progress;
using Hpo.ParallelLauncher.Results;
using Hpo.ParallelLauncher.Workers;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>Whatever a run throws, its record is closed and says why.</summary>
public sealed class RunReportTests : IDisposable
{
    private static readonly StopReason Signal = new(StopCause.Signal, "interrupted (SIGINT)", WorkerExitCode.Interrupted);

    private readonly TemporaryFolder _folder = new();
    private readonly StringWriter _output = new(), _errors = new();
    private readonly RunFaults _faults;
    private readonly StopController _stop;

    public RunReportTests()
    {
        _faults = new RunFaults(_errors.WriteLine);
        _stop = new StopController(TimeSpan.FromSeconds(1), TimeProvider.System, _faults);
    }

    public void Dispose()
    {
        _stop.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task An_unforeseen_failure_is_in_the_record()
    {
        (int exitCode, JsonElement record) = await RunAsync(_ => throw new InvalidCastException("a value of no kind"));

        exitCode.Should().Be(WorkerExitCode.Failure);
        record.GetProperty("state").GetString().Should().Be("finished");
        record.GetProperty("exitCode").GetInt32().Should().Be(WorkerExitCode.Failure);
        record.GetProperty("errors")[0].GetString().Should().Be("The run failed: a value of no kind");
        _errors.ToString().Should().Contain("a value of no kind");
    }

    [Fact]
    public async Task A_stop_before_any_worker_ran_is_in_the_record()
    {
        (int exitCode, JsonElement record) = await RunAsync(_ =>
        {
            _stop.Request(Signal);
            throw new OperationCanceledException(_stop.Requested);
        });

        exitCode.Should().Be(WorkerExitCode.Interrupted);
        record.GetProperty("state").GetString().Should().Be("finished");
        record.GetProperty("stopReason").GetString().Should().Be("interrupted (SIGINT)");
        record.GetProperty("errors").GetArrayLength().Should().Be(0);
    }

    [Fact]
    public async Task A_refusal_keeps_its_exit_code()
    {
        (int exitCode, JsonElement record) = await RunAsync(_ => throw new LaunchException("no such study", WorkerExitCode.Storage));

        exitCode.Should().Be(WorkerExitCode.Storage);
        record.GetProperty("errors")[0].GetString().Should().Be("no such study");
    }

    [Fact]
    public async Task What_an_observer_throws_reaches_nobody_but_the_record()
    {
        (int exitCode, JsonElement record) = await RunAsync(observer =>
        {
            var all = new Observers(_faults, new BrokenObserver(), observer);
            all.OnLine(0, "a line", isError: false);
            all.OnNote("a note");
            return Task.FromResult(new RunResult(WorkerExitCode.Success, null, [], null, null, []));
        });

        exitCode.Should().Be(WorkerExitCode.Success);
        _output.ToString().Should().Contain("[0] a line");
        record.GetProperty("errors").EnumerateArray().Select(error => error.GetString()).Should().Equal("BrokenObserver failed: no terminal");
    }

    [Fact]
    public async Task Run_files_that_are_gone_do_not_end_the_run()
    {
        string runs = _folder.File("runs");
        int exitCode = await ReportAsync(_ =>
        {
            Directory.Delete(runs, recursive: true);
            return Task.FromResult(new RunResult(WorkerExitCode.Success, null, [], null, null, []));
        });

        exitCode.Should().Be(WorkerExitCode.Success);
        _errors.ToString().Should().Contain("run.json failed");
        _output.ToString().Should().Contain("Exit code: 0");
    }

    private async Task<(int ExitCode, JsonElement Record)> RunAsync(Func<ILaunchObserver, Task<RunResult>> run)
    {
        int exitCode = await ReportAsync(run);
        string folder = Directory.GetDirectories(_folder.File("runs")).Should().ContainSingle().Which;
        using var record = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "run.json"), TestContext.Current.CancellationToken));
        return (exitCode, record.RootElement.Clone());
    }

    private Task<int> ReportAsync(Func<ILaunchObserver, Task<RunResult>> run)
    {
        var plan = new LaunchPlan
        {
            Worker = new WorkerCommand { Program = "/bin/true", Origin = "", Name = "w" },
            WorkerArguments = [],
            Workers = 1,
            StudyName = "s",
            Storage = StorageUrl.Parse("sqlite:///s.db"),
            Directions = [],
            LogDirectory = _folder.File("runs"),
            MaxRestarts = 0,
            Halt = HaltPolicy.Never,
            Grace = TimeSpan.FromSeconds(1),
        };
        RunPaths paths = RunFolder.Create(plan.LogDirectory, TimeProvider.System);
        var running = new RunRecord { Run = paths.Id, State = "running", Directory = paths.Directory, Plan = PlanRecord.Of(plan) };
        return new RunReport(new LaunchConsole(_output, _errors, null), _faults, TimeProvider.System)
            .RunAsync(new LaunchRequest(), plan, paths, running, _stop, run);
    }

    private sealed class BrokenObserver : ILaunchObserver
    {
        public void OnLine(int index, string line, bool isError) => throw new IOException("no terminal");

        public void OnStatus(WorkerStatus status) => throw new IOException("no terminal");

        public void OnNote(string message) => throw new IOException("no terminal");

        public void OnProgress(RunProgress progress) => throw new IOException("no terminal");

        public void OnLost(LostTrial trial) => throw new IOException("no terminal");

        public void OnStop(StopStage stage, StopReason reason) => throw new IOException("no terminal");
    }
}
