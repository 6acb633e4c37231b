using Hpo.Tests;

namespace Hpo.Integration.Tests.Clusters;

/// <summary>What Slurm itself may do to a run: answers that are lost, jobs that are forgotten, held or cancelled, no answer at all.</summary>
public sealed class SlurmEngineTests(ClusterHosts cluster) : IClassFixture<ClusterHosts>
{
    private const string TimedOut = "echo 'sbatch: error: Batch job submission failed: Socket timed out on send/recv operation' >&2; exit 1";

    [Fact]
    public async Task A_submission_whose_answer_is_lost_is_not_repeated()
    {
        await using SlurmStudy study = await SlurmStudy.StartAsync(cluster);
        string submitted = Path.Combine(study.Folder, "submitted");
        study.Replace("sbatch", $"case \"$*\" in *--test-only*) exec sbatch \"$@\" ;; esac\nsbatch \"$@\" >>'{submitted}'\n{TimedOut}");

        HostCommand launch = await study.LaunchAsync(ClusterHosts.Head, [.. Line(study), "--total-trials", "6"]);

        launch.Require();
        (await File.ReadAllLinesAsync(submitted)).Should().ContainSingle();
        (await study.StatesAsync("s")).Should().BeEquivalentTo(new Dictionary<string, int> { ["COMPLETE"] = 6 });
    }

    [Fact]
    public async Task A_submission_that_arrives_after_its_repetition_is_taken_back()
    {
        await using SlurmStudy study = await SlurmStudy.StartAsync(cluster);
        string folder = study.Folder;
        // The first one reaches the controller when the second one has been answered.
        study.Replace("sbatch", $$"""
            case "$*" in *--test-only*) exec sbatch "$@" ;; esac
            cd '{{folder}}'
            if mkdir late 2>/dev/null; then
                cat >script
                (until [ -s second ]; do sleep 0.1; done; sbatch "$@" <script >first) >/dev/null 2>&1 &
                {{TimedOut}}
            fi
            sbatch "$@" | tee second
            """);

        HostCommand launch = await study.LaunchAsync(ClusterHosts.Head, [.. Line(study), "--total-trials", "20"]);

        launch.Require();
        launch.Error.Should().Contain("slurm does not answer, retrying");
        string late = (await File.ReadAllTextAsync(Path.Combine(folder, "first"))).Trim();
        (await cluster.RunAsync(ClusterHosts.Head, "scontrol", "show", "job", late)).Output.Should().NotContain("JobState=RUNNING").And.NotContain("JobState=PENDING");
        (await study.StatesAsync("s")).Should().Contain("COMPLETE", 20).And.NotContainKey("RUNNING");
    }

    [Fact]
    public async Task A_launcher_that_is_interrupted_while_it_submits_leaves_nothing_in_the_queue()
    {
        await using SlurmStudy study = await SlurmStudy.StartAsync(cluster);
        string submitted = Path.Combine(study.Folder, "submitted");
        study.Replace("sbatch", $"case \"$*\" in *--test-only*) exec sbatch \"$@\" ;; esac\nsbatch \"$@\" >'{submitted}'; exec sleep 100");
        Task<HostCommand> launch = study.LaunchAsync(ClusterHosts.Head, [.. Line(study), "--total-trials", "1000"]);
        await Poll.UntilAsync(() => File.Exists(submitted) && new FileInfo(submitted).Length > 0);

        (await cluster.RunAsync(ClusterHosts.Head, "pkill", "-INT", "-x", "ParallelLaunche")).Require();

        (await launch).Should().Match<HostCommand>(ended => ended.ExitCode == 130 && ended.Error.Contains("Stopped before any worker ran"));
        await study.AwaitEmptyQueueAsync();
        File.Exists(Path.Combine(Directory.GetDirectories(study.Runs).Single(), "stop")).Should().BeTrue("a task that starts all the same ends by it");
    }

    [Fact]
    public async Task A_job_that_the_controller_has_forgotten_runs_to_its_budget_and_can_be_stopped()
    {
        await using SlurmStudy study = await SlurmStudy.StartAsync(cluster);
        Task<HostCommand> launch = study.LaunchAsync(ClusterHosts.Head, [.. Line(study), "--total-trials", "30"]);
        await Poll.UntilAsync(async () => await study.FinishedAsync("s") >= 4);
        study.Replace("squeue", "exit 0");
        study.Replace("scancel", "exit 0");

        (await launch).Require();
        (await study.StatesAsync("s")).Should().BeEquivalentTo(new Dictionary<string, int> { ["COMPLETE"] = 30 });

        File.Delete(study.ReplacementOf("squeue"));
        (await study.LaunchAsync("n1", [.. Line(study), "--total-trials", "1000", "--detach"])).Require();
        await Poll.UntilAsync(async () => await study.FinishedAsync("s") >= 34);
        study.Replace("squeue", "exit 0");
        (await study.LaunchAsync("n2", "status", "--study", "s")).Require().Should().Contain("running (detached)");

        (await study.LaunchAsync("n2", "stop")).Require().Should().Contain("It has ended");

        (await study.StatesAsync("s")).Should().NotContainKey("RUNNING");
        await study.AwaitEmptyQueueAsync();
    }

    [Fact]
    public async Task While_the_controller_is_away_the_run_goes_on_and_says_so()
    {
        await using SlurmStudy study = await SlurmStudy.StartAsync(cluster);
        Task<HostCommand> launch = study.LaunchAsync(ClusterHosts.Head, [.. Line(study), "--total-trials", "80"]);
        await Poll.UntilAsync(async () => await study.FinishedAsync("s") >= 4);
        await Poll.UntilAsync(async () => (await study.QueueAsync("%T")).Count(state => state == "RUNNING") == 2);
        // Slurm writes its jobs down seconds after a change. A controller that finds running tasks written down as pending kills them,
        // so a comment that they get while they run has to be in the file.
        string saved = $"running-{Guid.NewGuid():N}";
        (await cluster.RunAsync(ClusterHosts.Head, "scontrol", "update", $"JobId={(await study.QueueAsync("%F"))[0]}", $"Comment={saved}")).Require();
        await Poll.UntilAsync(() => File.ReadAllText(Path.Combine(cluster.Home, "state", "job_state")).Contains(saved, StringComparison.Ordinal));

        (await cluster.RunAsync(ClusterHosts.Head, "pkill", "-KILL", "-x", "slurmctld")).Require();
        await EventAsync(study, "slurm does not answer");
        int before = await study.FinishedAsync("s");
        await Poll.UntilAsync(async () => await study.FinishedAsync("s") >= before + 4);
        await cluster.RunAsync(ClusterHosts.Head, "slurmctld");
        await EventAsync(study, "slurm answers again");

        HostCommand ended = await launch;
        ended.Require();
        ended.Error.Should().Contain("The workers go on meanwhile").And.Contain("slurm answers again");
        (await study.StatesAsync("s")).Should().Contain("COMPLETE", 80).And.NotContainKey("RUNNING");
    }

    [Fact]
    public async Task Tasks_that_are_held_say_so_and_how_they_go_on_and_hold_nobody_up()
    {
        await using SlurmStudy study = await SlurmStudy.StartAsync(cluster);
        Task<HostCommand> launch = study.LaunchAsync(
            ClusterHosts.Head, [.. Line(study), "--total-trials", "20", "--partition", "low", "--backend-arg=--hold"]);
        await Poll.UntilAsync(async () => (await study.LaunchAsync("n1", "status", "--json")).Output.Contains("JobHeldUser: scontrol release", StringComparison.Ordinal));
        string job = (await study.QueueAsync("%F"))[0];
        (await cluster.RunAsync(ClusterHosts.Head, "scontrol", "release", job)).Require();
        await Poll.UntilAsync(async () => await study.FinishedAsync("s") >= 4);

        (await cluster.RunAsync(ClusterHosts.Head, "scontrol", "requeuehold", $"{job}_0")).Require();

        HostCommand ended = await launch;
        ended.Require();
        ended.Error.Should().Contain($"worker 1 waits: JobHeldUser: scontrol release {job}_1 lets it go on")
            .And.MatchRegex($"worker 0 waits: (job requeued in held state|JobHeldUser): scontrol release {job}_0 lets it go on");
        (await study.StatesAsync("s")).Should().Contain("COMPLETE", 20).And.NotContainKey("RUNNING");
        await study.AwaitEmptyQueueAsync();
    }

    [Fact]
    public async Task A_job_that_a_person_cancels_ends_with_its_agents_word_and_can_be_resumed()
    {
        await using SlurmStudy study = await SlurmStudy.StartAsync(cluster);
        Task<HostCommand> launch = study.LaunchAsync(ClusterHosts.Head, [.. Line(study), "--total-trials", "400"]);
        await Poll.UntilAsync(async () => await study.FinishedAsync("s") >= 4);

        (await cluster.RunAsync(ClusterHosts.Head, "scancel", (await study.QueueAsync("%F"))[0])).Require();

        HostCommand ended = await launch;
        ended.ExitCode.Should().Be(1, ended.Error);
        ended.Error.Should().Contain("was not started anew (cancelled").And.Contain("--resume");
        Dictionary<string, int> states = await study.StatesAsync("s");
        states.Should().NotContainKey("RUNNING");
        int total = states["COMPLETE"] + 4;
        (await study.LaunchAsync("n1", "--resume", "--total-trials", $"{total}")).Require();
        (await study.StatesAsync("s")).Should().Contain("COMPLETE", total);
    }

    [Fact]
    public async Task A_task_that_is_started_anew_lets_the_others_of_its_array_alone()
    {
        await using SlurmStudy study = await SlurmStudy.StartAsync(cluster);
        Task<HostCommand> launch = study.LaunchAsync(
            ClusterHosts.Head, [.. Line(study), "--total-trials", "400", "--resubmit"]);
        await Poll.UntilAsync(async () => await study.FinishedAsync("s") >= 4);
        string job = (await study.QueueAsync("%F"))[0];
        // The task whose own number is the array's, as before its time limit.
        string leader = (await study.QueueAsync("%A %K")).Single(line => line.StartsWith(job + " ", StringComparison.Ordinal)).Split(' ')[1];

        (await cluster.RunAsync(ClusterHosts.Head, "scancel", "--batch", "--signal=INT", $"{job}_{leader}")).Require();
        await Poll.UntilAsync(async () => (await study.QueueAsync("%K %T")).Contains($"{leader} PENDING"));

        (await study.QueueAsync("%K %T")).Should().BeEquivalentTo($"{leader} PENDING", $"{1 - int.Parse(leader, System.Globalization.CultureInfo.InvariantCulture)} RUNNING");
        (await study.LaunchAsync(ClusterHosts.Head, "stop")).Require();
        await launch;
        await study.AwaitEmptyQueueAsync();
    }

    private static string[] Line(SlurmStudy study) =>
        [study.Worker, "-n", "2", "--study", "s", "--backend", "slurm", "--direction", "minimize", "--heartbeat", "2"];

    private static Task EventAsync(SlurmStudy study, string text) => Poll.UntilAsync(() =>
        File.ReadAllText(Path.Combine(Directory.GetDirectories(study.Runs).Single(), "events.jsonl")).Contains(text, StringComparison.Ordinal));
}
