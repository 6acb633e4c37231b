using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.Interop.Reporting.Dashboard.Launches;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables;

namespace Hpo.NativeTrainer.Tests.Dashboard;

public sealed class StudyRunsTests
{
    private const string Run = "20260101T000000Z-aaaaaa";

    private static readonly OwnedTrials None = new([]), Owned = new([Trial(Run)]);

    [Theory]
    [InlineData(true, "sqlite:////data/hpo.db", "sqlite:////data/hpo.db")]
    [InlineData(true, "sqlite:////data/hpo.db", "sqlite:////data/../data/hpo.db")]
    [InlineData(false, "sqlite:////data/hpo.db", "sqlite:////data/other.db")]
    [InlineData(true, "mysql://a:b@db/hpo", "mysql+pymysql://c:***@DB:3306/hpo")]
    [InlineData(false, "mysql://a@db/hpo", "mysql://a@db/other")]
    [InlineData(false, "mysql://a@db/hpo", "mysql://a@db:3307/hpo")]
    [InlineData(false, "mysql://a@db/hpo", "mysql://a@db2/hpo")]
    [InlineData(false, "mysql://a@db/hpo", "sqlite:////data/hpo.db")]
    [InlineData(true, "mysql://a@localhost/hpo", "mysql://a@127.0.0.1/hpo")]
    [InlineData(false, "mysql://a@localhost/hpo", "mysql://a@localhost/hpo?unix_socket=/tmp/other.sock")]
    [InlineData(false, "mysql://a@localhost/hpo", "no url")]
    [InlineData(false, "mysql://a@localhost/hpo", null)]
    public void A_run_is_a_studys_where_both_name_the_same_tables(bool isSame, string storage, string? planned)
    {
        LaunchedRun run = RunOf(planned);
        Has(storage, run, None).Should().Be(isSame);
        Has(storage, run, Owned).Should().Be(isSame, "a copied study has the other one's owners");
        Has(storage, run with { Plan = run.Plan! with { Study = "other" } }, Owned).Should().BeFalse();
    }

    [Theory]
    [InlineData("sqlite:////data/hpo.db")]
    [InlineData("mysql://a@localhost/hpo")]
    public void What_another_machine_calls_the_same_needs_a_trial(string storage)
    {
        LaunchedRun run = RunOf(storage) with { Launcher = ProcessIdentity.Current with { Host = "another" } };
        Has(storage, run, None).Should().BeFalse();
        Has(storage, run, Owned).Should().BeTrue();
        Has("mysql://a@db/hpo", run with { Plan = run.Plan! with { Storage = "mysql://a@db/hpo" } }, None).Should().BeTrue("both reach the same server");
    }

    [Fact]
    public void A_run_that_had_ended_before_the_study_began_was_of_one_before_it()
    {
        LaunchedRun run = RunOf("mysql://a@db/hpo");
        var anew = new OwnedTrials([Trial("another run")]);
        Has("mysql://a@db/hpo", run with { State = "finished", Finished = new DateTimeOffset(2025, 12, 31, 0, 0, 0, TimeSpan.Zero) }, anew).Should().BeFalse();
        Has("mysql://a@db/hpo", run with { State = "finished", Finished = new DateTimeOffset(2026, 1, 3, 0, 0, 0, TimeSpan.Zero) }, anew).Should().BeTrue();
    }

    private static bool Has(string storage, LaunchedRun run, OwnedTrials trials) => new StudyRuns("study", StorageUrl.Parse(storage)).Has(new FoundRun(new RunPaths($"/runs/{Run}"), run), trials);

    private static LaunchedRun RunOf(string? storage) => new()
    {
        Run = Run,
        State = LaunchRecord.Running,
        Started = new DateTimeOffset(2025, 12, 30, 0, 0, 0, TimeSpan.Zero),
        Launcher = ProcessIdentity.Current,
        Plan = new LaunchGoal { Study = "study", Storage = storage },
    };

    private static FrozenTrial Trial(string run) => new()
    {
        DatetimeStart = new DateTime(2026, 1, 2),
        DatetimeComplete = new DateTime(2026, 1, 2),
        SystemAttrs = new Dictionary<string, object?> { [TrialOwner.Key] = new Dictionary<string, object?> { ["run"] = run, ["worker"] = 0L } },
    };
}
