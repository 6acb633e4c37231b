using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Backends.Slurm;
using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Tests.Backends;

/// <summary>What Slurm writes, read as it writes it.</summary>
public class SlurmTests
{
    [Theory]
    [InlineData("RUNNING", 0, "n1", "None", TaskState.Running, null, null)]
    [InlineData("COMPLETING", 0, "n1", "None", TaskState.Running, null, null)]
    [InlineData("PENDING", 0, "", "Resources", TaskState.Queued, null, "Resources")]
    [InlineData("PENDING", 0, "", "BeginTime", TaskState.Queued, null, "BeginTime")]
    [InlineData("PENDING", 0, "", "launch failed requeued held", TaskState.Queued, null, "launch failed requeued held: scontrol release 23_4 lets it go on")]
    [InlineData("PENDING", 0, "", "JobHeldUser", TaskState.Queued, null, "JobHeldUser: scontrol release 23_4 lets it go on")]
    [InlineData("COMPLETED", 0, "n1", "None", TaskState.Ended, 0, "completed")]
    [InlineData("FAILED", 256, "n1", "NonZeroExitCode", TaskState.Ended, 1, "failed")]
    [InlineData("FAILED", 33280, "n1", "NonZeroExitCode", TaskState.Ended, 130, "failed")]
    [InlineData("FAILED", 53, "n1", "JobLaunchFailure", TaskState.Ended, null, "failed: JobLaunchFailure")]
    [InlineData("TIMEOUT", 9, "n1", "TimeLimit", TaskState.Ended, 137, "timeout: TimeLimit")]
    [InlineData("OOM", 9, "n1", "OutOfMemory", TaskState.Ended, 137, "oom: OutOfMemory")]
    [InlineData("CA", 15, "n1", "None", TaskState.Ended, 143, "ca")]
    [InlineData("NODE_FAIL", 0, "n1", "NodeDown", TaskState.Lost, null, "node_fail: NodeDown")]
    public void A_line_of_squeue_is_a_task(
        string state, int waitStatus, string host, string reason, object expected, int? exitCode, string? why)
    {
        string line = string.Concat(SlurmQueueLine.Format.Split(',').Zip(
            new[] { "23", "4", state, $"{waitStatus}", "2", host, reason },
            (column, value) => value.PadRight(int.Parse(column.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture))));

        ClusterTask task = SlurmQueueLine.Parse(line)!.ToTask();

        task.Should().Be(new ClusterTask
        {
            Index = 4,
            State = (TaskState)expected,
            Host = host.Length == 0 ? null : host,
            Reason = why,
            ExitCode = exitCode,
            Attempt = 2,
        });
    }

    [Theory]
    [InlineData("90", 5400)]
    [InlineData("1:30", 90)]
    [InlineData("2:00:00", 7200)]
    [InlineData("1-12", 129600)]
    [InlineData("1-12:30", 131400)]
    [InlineData("1-12:30:15", 131415)]
    [InlineData("UNLIMITED", null)]
    [InlineData("soon", null)]
    [InlineData(null, null)]
    public void A_time_limit_is_read_as_Slurm_writes_it(string? text, int? seconds) => SlurmTime.Seconds(text).Should().Be(seconds);

    [Theory]
    [InlineData("--job-name=mine", "job-name")]
    [InlineData("--job-n=mine", "job-name")]
    [InlineData("-Jmine", "job-name")]
    [InlineData("--array=0-9", "array")]
    [InlineData("-o", "output")]
    [InlineData("--help", "help")]
    [InlineData("--wait", "wait")]
    [InlineData("script.sh", "written whole")]
    [InlineData("--", "written whole")]
    public void An_option_by_which_the_run_would_be_lost_is_refused(string option, string reason) =>
        FluentActions.Invoking(() => SlurmOwnOptions.Refuse(["--constraint=a100", option])).Should().Throw<LaunchException>()
            .Which.Message.Should().Contain($"--backend-arg={option}").And.Contain(reason);

    [Theory]
    [InlineData("--constraint=a100")]
    [InlineData("--exclude=n1")]
    [InlineData("--wait-all-nodes=1")]
    [InlineData("--cluster-constraint=x")]
    [InlineData("-w n1")]
    [InlineData("--hold")]
    public void Another_option_of_sbatch_is_passed_on(string option) => SlurmOwnOptions.Refuse([option]);

    [Theory]
    [InlineData("3|hpo-20261127T031632Z-abcdef|/srv/runs of a|b/x", 3, "hpo-20261127T031632Z-abcdef", "/srv/runs of a|b/x")]
    public void A_jobs_line_names_its_folder(string line, int index, string name, string folder) =>
        SlurmJobLine.Parse(line).Should().Be(new SlurmJobLine(index, name, folder));

    [Fact]
    public void A_job_without_tasks_is_no_run() => SlurmJobLine.Parse("N/A|hpo-x|/work").Should().BeNull();

    [Fact]
    public void What_is_refused_is_told_with_the_remedy_and_an_absence_as_such()
    {
        var refused = new SlurmAnswer("sbatch", 1, "", "sbatch: error: invalid partition specified: x\nsbatch: error: Batch job submission failed\n");
        SlurmErrors.Refusal(refused).Message.Should().Be("Slurm refuses the job: sbatch: error: invalid partition specified: x; "
            + "sbatch: error: Batch job submission failed. sinfo lists the partitions: --partition");
        SlurmErrors.IsTransient(refused).Should().BeFalse();
        SlurmErrors.IsTransient(new SlurmAnswer("squeue", 1, "", "slurm_load_jobs error: Unable to contact slurm controller (connect failure)"))
            .Should().BeTrue();
    }
}
