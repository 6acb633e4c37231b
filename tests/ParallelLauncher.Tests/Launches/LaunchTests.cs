using System.Text.Json;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Plan;
using Hpo.ParallelLauncher.Results;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>The launcher as a person uses it, on an SQLite file.</summary>
public sealed class LaunchTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LaunchTests() => PreparedStudy.CopyInto(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Each_workers_lines_are_prefixed_and_stored()
    {
        var (exitCode, launcher) = await RunAsync(Programs.DummyWorker, "-n", "2", "--", "lines", "2");

        exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
        foreach (int worker in new[] { 0, 1 })
        {
            launcher.Output.Should().Contain($"[{worker}] out 0").And.Contain($"[{worker}] out 1").And.NotContain("err 0");
            launcher.Errors.Should().Contain($"[{worker}] err 0").And.Contain($"[{worker}] err 1");
            (await File.ReadAllLinesAsync(Path.Combine(RunFolder(), $"worker-{worker}.log"), TestContext.Current.CancellationToken))
                .Should().BeEquivalentTo("out 0", "err 0", "out 1", "err 1");
        }
    }

    [Fact]
    public async Task Every_worker_gets_the_contract_in_its_environment()
    {
        var (exitCode, launcher) = await RunAsync(
            Programs.DummyWorker, "--num_parallel", "1", "--seed", "5", "--", "environment");

        exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
        string line = launcher.Output.Split('\n').Single(line => line.StartsWith("[0] {", StringComparison.Ordinal));
        var variables = JsonSerializer.Deserialize<Dictionary<string, string>>(line["[0] ".Length..])!;
        WorkerEnvironment.Read(variables.GetValueOrDefault).Should().Be(new WorkerEnvironment
        {
            Run = Path.GetFileName(RunFolder()),
            HeartbeatInterval = TimeSpan.FromSeconds(30),
            HeartbeatGrace = TimeSpan.FromSeconds(120),
            Storage = $"sqlite:///{_folder.File("hpo.db")}",
            StudyName = "DummyWorker",
            Index = 0,
            Count = 1,
            Seed = 5,
        });
        variables["OMP_NUM_THREADS"].Should().Be($"{Environment.ProcessorCount}");
    }

    [Fact]
    public async Task What_follows_after_the_mark_reaches_the_worker_untouched()
    {
        var (_, launcher) = await RunAsync(
            Programs.DummyWorker, "-n", "1", "--direction", "minimize", "--", "echo", "--json", "--", "a b", "$HOME", "*", "");

        launcher.Output.Should().Contain("""[0] ["--json","--","a b","$HOME","*",""]""");
    }

    [Fact]
    public async Task With_json_standard_output_is_events_and_nothing_else()
    {
        var (exitCode, launcher) = await RunAsync(Programs.DummyWorker, "-n", "2", "--json", "--direction", "minimize", "--", "lines", "3");

        exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
        launcher.Events.Select(happened => happened.GetProperty("event").GetString()).Should()
            .StartWith("run-started").And.EndWith("run-finished").And.Contain("worker").And.Contain("progress");
        launcher.Json.GetProperty("exitCode").GetInt32().Should().Be(0);
        launcher.Json.GetProperty("workers").EnumerateArray().Select(worker => worker.GetProperty("state").GetString())
            .Should().Equal("succeeded", "succeeded");
        launcher.Json.GetProperty("study").GetProperty("complete").GetInt32().Should().Be(0);
        (await File.ReadAllTextAsync(Path.Combine(RunFolder(), "events.jsonl"), TestContext.Current.CancellationToken)).Trim()
            .Should().Be(launcher.Output.Trim());
        RunRecord.Read(RunPaths.Existing(RunFolder())).ExitCode.Should().Be(0);
        launcher.Errors.Should().Contain("[1] out 2");
    }

    [Fact]
    public async Task Cores_and_GPUs_are_divided_among_the_workers()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Affinity is read from /proc.");
        await using var launcher = LauncherProcess.Start(
            _folder, null, Programs.DummyWorker, "-n", "2", "--gpus", "3,5", "--threads", "7", "--pin", "--json", "--", "wait-for-interrupt");
        int[] workers = await launcher.ReadyAsync(2);

        string[] environments = [.. workers.Select(worker => File.ReadAllText($"/proc/{worker}/environ"))];
        environments.Should().OnlyContain(environment => environment.Contains("OMP_NUM_THREADS=7\0"))
            .And.Contain(environment => environment.Contains("CUDA_VISIBLE_DEVICES=3\0"))
            .And.Contain(environment => environment.Contains("CUDA_VISIBLE_DEVICES=5\0"));
        IReadOnlyList<int> cpus = Cores.Allowed();
        workers.Select(worker => File.ReadLines($"/proc/{worker}/status").Single(line => line.StartsWith("Cpus_allowed_list")).Split('\t')[1])
            .Should().BeEquivalentTo([Ranges(cpus.Take((cpus.Count + 1) / 2)), Ranges(cpus.Skip((cpus.Count + 1) / 2))]);
        launcher.Send(Posix.Interrupt);
        await launcher.WaitAsync();

        static string Ranges(IEnumerable<int> cpus)
        {
            int[] all = [.. cpus];
            return all.Length == 1 ? $"{all[0]}" : $"{all[0]}-{all[^1]}";
        }
    }

    [Fact]
    public async Task A_worker_that_fails_is_restarted_and_its_success_counts()
    {
        var (exitCode, launcher) = await RunAsync(
            Programs.DummyWorker, "-n", "1", "--max-restarts", "1", "--json", "--", "fail-first", "1", "9");

        exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
        launcher.Json.GetProperty("workers")[0].GetProperty("restarts").GetInt32().Should().Be(1);
        launcher.Errors.Should().Contain("worker 0 failed with exit code 9; restart 1 of 1 in a row");
    }

    [Theory]
    [InlineData("2", 2)]
    [InlineData("3", 3)]
    [InlineData("4", 4)]
    [InlineData("77", 1)]
    public async Task The_exit_code_tells_what_the_worker_complained_of(string workers, int expected)
    {
        var (exitCode, launcher) = await RunAsync(Programs.DummyWorker, "-n", "1", "--max-restarts", "0", "--", "exit", workers);

        exitCode.Should().Be(expected);
        launcher.Output.Should().Contain($"Worker 0 failed with exit code {workers}");
    }

    [Fact]
    public async Task Halt_now_stops_the_others_when_one_fails()
    {
        string worker = _folder.WriteProgram("mixed", $"#!/bin/sh\n[ $HPO_WORKER_INDEX = 0 ] && exit 6\nexec {Programs.DummyWorker} wait-for-interrupt\n");

        var (exitCode, launcher) = await RunAsync(worker, "-n", "2", "--max-restarts", "0", "--halt", "now", "--json");

        exitCode.Should().Be(WorkerExitCode.Failure);
        launcher.Json.GetProperty("stopReason").GetString().Should().Be("worker 0 failed with exit code 6");
    }

    [Fact]
    public async Task The_time_limit_stops_the_workers_with_its_own_exit_code()
    {
        var (exitCode, launcher) = await RunAsync(Programs.DummyWorker, "-n", "2", "--timeout", "2", "--json", "--", "wait-for-interrupt");

        exitCode.Should().Be(WorkerExitCode.Timeout);
        launcher.Json.GetProperty("stopReason").GetString().Should().Contain("2 s");
    }

    [Fact]
    public async Task A_dry_run_prints_the_plan_masked_and_touches_nothing()
    {
        var (exitCode, launcher) = await RunAsync(
            Programs.DummyWorker, "--storage", "mysql://ada:hunter2@db/studies", "--dry-run", "--", "--url", "mysql://u:hunter2@h/d");

        exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
        launcher.Output.Should().Contain("mysql://ada:***@db/studies");
        (launcher.Output + launcher.Errors).Should().NotContain("hunter2");
        Directory.EnumerateFileSystemEntries(_folder.Path).Should().Equal(_folder.File("hpo.db"));
    }

    [Fact]
    public async Task Wrong_options_are_refused_together_with_exit_code_2()
    {
        var (exitCode, launcher) = await RunAsync("./nowhere", "-n", "0", "--halt", "later", "--json");

        exitCode.Should().Be(WorkerExitCode.Usage);
        launcher.Json.GetProperty("errors").GetArrayLength().Should().Be(3);
        launcher.Errors.Should().Contain("./nowhere").And.Contain("--num_parallel 0").And.Contain("--halt later");
    }

    [Theory]
    [InlineData("worker", "--no-such-option")]
    [InlineData("worker", "-n", "many")]
    [InlineData]
    public async Task A_command_line_that_cannot_be_parsed_is_refused_with_exit_code_2(params string[] arguments)
    {
        var (exitCode, launcher) = await RunAsync(arguments);

        exitCode.Should().Be(WorkerExitCode.Usage);
        launcher.Output.Should().BeEmpty();
        launcher.Errors.Should().Contain("--").And.NotContain("   at ");
    }

    [Fact]
    public async Task Another_direction_than_the_studys_own_is_refused()
    {
        var (exitCode, launcher) = await RunAsync(Programs.DummyWorker, "-n", "1", "--direction", "maximize", "--", "exit", "0");

        exitCode.Should().Be(WorkerExitCode.Storage);
        launcher.Errors.Should().Contain("minimize").And.Contain("maximize").And.NotContain("   at ");
    }

    private Task<(int ExitCode, LauncherProcess Launcher)> RunAsync(params string[] arguments) =>
        LauncherProcess.RunAsync(_folder, null, arguments);

    private string RunFolder() => Directory.GetDirectories(_folder.File("runs")).Should().ContainSingle().Which;
}
