using Hpo.Interop;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Plan;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Plan;

public sealed class LaunchPlannerTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void All_faults_are_reported_at_once()
    {
        var plan = Plan(new LaunchRequest
        {
            Worker = "./nowhere",
            Workers = 0,
            Storage = "mysql://u:hunter2@h:port/d",
            Directions = ["up", "maximize"],
            TotalTrials = 0,
            Seed = -1,
            MaxRestarts = -1,
            TimeoutSeconds = 0,
            GraceSeconds = double.NaN,
            Halt = "later",
            LogDirectory = _folder.Write("file", ""),
        }, out var faults);

        plan.Should().BeNull();
        faults.Select(fault => fault.Message.Split(' ', ':')[0]).Should().BeEquivalentTo(
            "The", "--storage", "--num_parallel", "--total-trials", "--seed", "--max-restarts", "--timeout", "--grace",
            "--direction", "--halt", "--log-dir");
        faults.Should().OnlyContain(fault => fault.ExitCode == WorkerExitCode.Usage)
            .And.NotContain(fault => fault.Message.Contains("hunter2"));
    }

    [Theory]
    [InlineData("sqlite://", "in memory")]
    [InlineData("sqlite:///no/such/folder/study.db", "does not exist")]
    public void A_storage_that_workers_cannot_share_is_refused(string storage, string reason)
    {
        Plan(Request() with { Storage = storage }, out var faults);

        faults.Should().ContainSingle().Which.Message.Should().Contain(reason);
    }

    [Fact]
    public void Defaults_are_the_workers_name_and_a_file_in_the_current_folder()
    {
        var plan = Plan(Request() with { Storage = "sqlite:///mine.db" }, out _)!;

        plan.StudyName.Should().Be("trainer");
        plan.Workers.Should().Be(2);
        plan.Storage.SqliteFile.Should().Be(Path.GetFullPath("mine.db"));
        plan.Halt.Should().Be(HaltPolicy.Never);
        plan.Directions.Should().BeEmpty();
    }

    [Fact]
    public void A_study_name_that_the_tables_cannot_hold_is_refused()
    {
        Plan(Request() with { Study = new string('x', 513) }, out var faults);

        faults.Should().ContainSingle().Which.Message.Should().Contain("512");
    }

    [Fact]
    public void A_password_among_the_workers_arguments_is_warned_of()
    {
        var plan = Plan(Request() with { WorkerArguments = ["--storage", "mysql://u:hunter2@h/d"] }, out _)!;

        plan.Warnings.Should().ContainSingle().Which.Should().Contain("OPTUNA_STORAGE").And.NotContain("hunter2");
    }

    [Fact]
    public void Every_worker_gets_the_contract()
    {
        var plan = Plan(Request() with
        {
            Workers = 4,
            Study = "s",
            Storage = "mysql://u:p@h/d",
            Seed = 40,
            TotalTrials = 9,
        }, out _)!;

        var variables = plan.EnvironmentOf(index: 3, start: 0);

        WorkerEnvironment.Read(variables.GetValueOrDefault).Should().Be(new WorkerEnvironment
        {
            Storage = "mysql://u:p@h/d",
            StudyName = "s",
            Index = 3,
            Count = 4,
            Restart = 0,
            Seed = 43,
            TotalTrials = 9,
            CountedStates = [TrialState.Complete, TrialState.Pruned],
            HeartbeatInterval = TimeSpan.FromSeconds(30),
            HeartbeatGrace = TimeSpan.FromSeconds(120),
        });
    }

    [Fact]
    public void No_two_starts_of_a_run_share_a_seed()
    {
        var plan = Plan(Request() with { Workers = 3, Seed = int.MaxValue - 2 }, out _)!;

        var seeds = from index in Enumerable.Range(0, 3)
                    from restart in Enumerable.Range(0, 4)
                    select WorkerEnvironment.Read(plan.EnvironmentOf(index, restart).GetValueOrDefault).Seed;

        seeds.Should().OnlyHaveUniqueItems().And.OnlyContain(seed => seed >= 0);
    }

    private LaunchRequest Request() => new() { Worker = _folder.WriteProgram("trainer"), Storage = "sqlite:///s.db" };

    private LaunchPlan? Plan(LaunchRequest request, out IReadOnlyList<PlanFault> faults) =>
        new LaunchPlanner(new WorkerResolver(_folder.Path, _folder.Path, () => "/usr/bin/python3").Resolve, ClusterFaults.Of).Plan(request, out faults);
}
