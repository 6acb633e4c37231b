using System.Collections.Concurrent;
using System.Threading.Channels;
using Hpo.Interop.Launches;
using Hpo.Interop.Storages;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Workers;
using Hpo.Tests;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace Hpo.ParallelLauncher.Tests.Workers;

public sealed class WorkerSupervisorTests : IDisposable, IWorkerObserver
{
    private static readonly StopReason Reason = new(StopCause.Signal, "test", 130);
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    private readonly TemporaryFolder _folder = new();
    private readonly SpawnThread _spawner = new();
    private readonly FakeTimeProvider _time = new();
    private readonly StopController _stop;
    private readonly Channel<string> _lines = Channel.CreateUnbounded<string>();
    private readonly Channel<WorkerStatus> _statuses = Channel.CreateUnbounded<WorkerStatus>();
    private readonly ConcurrentQueue<string> _allLines = [];

    public WorkerSupervisorTests() => _stop = new StopController(Grace, _time, new RunFaults(_ => { }));

    public void Dispose()
    {
        _stop.Dispose();
        _spawner.Dispose();
        _folder.Dispose();
    }

    void IWorkerObserver.OnLine(int index, string line, bool isError)
    {
        _allLines.Enqueue(line);
        _lines.Writer.TryWrite(line);
    }

    void IWorkerObserver.OnStatus(WorkerStatus status) => _statuses.Writer.TryWrite(status);

    void IWorkerObserver.OnNote(string message)
    {
    }

    [Fact]
    public async Task A_worker_that_fails_is_restarted_after_the_backoff_until_it_succeeds()
    {
        Task<WorkerStatus> run = Run(maxRestarts: 3, "fail-first", "2", "1");
        await StateAsync(WorkerState.Restarting);
        await AdvanceUntilAsync(run, WorkerState.Running);
        await StateAsync(WorkerState.Restarting);
        await AdvanceUntilAsync(run, WorkerState.Running);

        WorkerStatus ended = await run;

        ended.State.Should().Be(WorkerState.Succeeded);
        ended.Restarts.Should().Be(2);
        _allLines.Should().Equal("start 0", "start 1", "start 2");
        (await File.ReadAllLinesAsync(_folder.File("worker.log"), TestContext.Current.CancellationToken))
            .Should().Equal("start 0", "--- start 1 ---", "start 1", "--- start 2 ---", "start 2");
    }

    [Fact]
    public async Task A_worker_that_fails_too_often_fails_for_good()
    {
        Task<WorkerStatus> run = Run(maxRestarts: 1, "exit", "7");
        await StateAsync(WorkerState.Restarting);
        await AdvanceUntilAsync(run, WorkerState.Failed);

        WorkerStatus ended = await run;

        ended.Should().BeEquivalentTo(new { State = WorkerState.Failed, ExitCode = 7, Restarts = 1 });
    }

    [Theory]
    [InlineData("2")]
    [InlineData("4")]
    public async Task A_worker_that_no_restart_can_fix_is_not_restarted(string exitCode)
    {
        WorkerStatus ended = await Run(maxRestarts: 3, "exit", exitCode);

        ended.Should().BeEquivalentTo(new { State = WorkerState.Failed, ExitCode = int.Parse(exitCode), Restarts = 0 });
    }

    [Fact]
    public async Task A_program_that_cannot_be_started_fails_with_the_reason()
    {
        WorkerStatus ended = await RunProgram(maxRestarts: 0, _folder.WriteProgram("broken", "#!/no/such/interpreter\n"));

        ended.State.Should().Be(WorkerState.Failed);
        ended.ExitCode.Should().NotBe(0);
    }

    [Fact]
    public async Task An_interrupted_worker_may_finish_cleanly_and_gets_the_signal_once()
    {
        Task<WorkerStatus> run = Run(maxRestarts: 3, "wait-for-interrupt");
        await LineAsync("ready");

        _stop.Request(Reason);
        WorkerStatus ended = await run;

        ended.Should().BeEquivalentTo(new { State = WorkerState.Succeeded, ExitCode = 0 });
        _allLines.Should().Contain("interrupts: 1");
    }

    [Fact]
    public async Task A_worker_that_ignores_sigint_gets_sigterm_after_the_grace_time()
    {
        Task<WorkerStatus> run = Run(maxRestarts: 3, "ignore-interrupt");
        await LineAsync("ready");
        _stop.Request(Reason);
        await LineAsync("ignored SIGINT");

        _time.Advance(Grace);
        WorkerStatus ended = await run;

        ended.Should().BeEquivalentTo(new { State = WorkerState.Stopped, ExitCode = 128 + Posix.Terminate });
    }

    [Fact]
    public async Task A_worker_that_ignores_sigterm_too_is_killed()
    {
        Task<WorkerStatus> run = Run(maxRestarts: 3, "ignore-all");
        await LineAsync("ready");
        _stop.Request(Reason);
        await LineAsync("ignored SIGINT");
        _time.Advance(Grace);
        await LineAsync("ignored SIGTERM");

        _time.Advance(TimeSpan.FromSeconds(2));
        WorkerStatus ended = await run;

        ended.Should().BeEquivalentTo(new { State = WorkerState.Stopped, ExitCode = 128 + Posix.KillNow });
    }

    [Fact]
    public async Task A_stop_during_the_backoff_ends_the_wait()
    {
        Task<WorkerStatus> run = Run(maxRestarts: 3, "exit", "1");
        await StateAsync(WorkerState.Restarting);

        _stop.Request(Reason);

        (await run).State.Should().Be(WorkerState.Stopped);
    }

    [Fact]
    public async Task What_a_killed_worker_has_started_does_not_outlive_it()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Sessions are a matter of Linux.");
        Task<WorkerStatus> run = Run(maxRestarts: 0, "grandchild");
        int grandchild = int.Parse((await LineAsync("grandchild")).Split(' ')[1]);
        int worker = int.Parse((await LineAsync("ready")).Split(' ')[1]);

        Posix.Kill(worker, Posix.KillNow).Should().Be(0);
        WorkerStatus ended = await run;

        ended.ExitCode.Should().Be(128 + Posix.KillNow);
        (await Processes.IsGoneAsync(grandchild)).Should().BeTrue();
    }

    [Fact]
    public async Task The_storage_is_masked_where_a_worker_prints_it()
    {
        await Run(maxRestarts: 0, "echo", "got mysql://u:hunter2@h/d");

        _allLines.Should().ContainSingle().Which.Should().Contain("mysql://u:***@h/d");
        (await File.ReadAllTextAsync(_folder.File("worker.log"), TestContext.Current.CancellationToken)).Should().NotContain("hunter2");
    }

    private Task<WorkerStatus> Run(int maxRestarts, params string[] arguments) =>
        RunProgram(maxRestarts, Programs.DummyWorker, arguments);

    private async Task<WorkerStatus> RunProgram(int maxRestarts, string program, params string[] arguments)
    {
        var plan = new LaunchPlan
        {
            Worker = new WorkerCommand { Program = program, Origin = program, Name = "worker" },
            WorkerArguments = arguments,
            Workers = 1,
            StudyName = "s",
            Storage = StorageUrl.Parse("mysql://u:hunter2@h/d"),
            Directions = [],
            LogDirectory = _folder.Path,
            MaxRestarts = maxRestarts,
            Halt = HaltPolicy.Never,
            Grace = Grace,
        };
        var services = new WorkerServices
        {
            Spawner = _spawner,
            Platform = ProcessPlatform.Detect(),
            Observer = this,
            Logger = NullLogger.Instance,
            Time = _time,
        };
        try
        {
            return await new WorkerSupervisor(services, plan, 0, _folder.File("worker.log")).RunAsync(_stop, CancellationToken.None);
        }
        finally
        {
            // Those that wait for a line or a state that never came get an exception.
            _lines.Writer.TryComplete();
            _statuses.Writer.TryComplete();
        }
    }

    private async Task<string> LineAsync(string text)
    {
        await foreach (string line in _lines.Reader.ReadAllAsync(TestContext.Current.CancellationToken))
        {
            if (line.Contains(text, StringComparison.Ordinal)) return line;
        }

        throw new InvalidOperationException("No more lines.");
    }

    private async Task StateAsync(WorkerState state)
    {
        while ((await _statuses.Reader.ReadAsync(TestContext.Current.CancellationToken)).State != state)
        {
        }
    }

    // The status comes before the wait begins, so one advance might come too early; the clock goes on until it was heard.
    private async Task AdvanceUntilAsync(Task run, WorkerState state)
    {
        Task reached = StateAsync(state);
        while (!reached.IsCompleted && !run.IsCompleted)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        await reached;
    }
}
