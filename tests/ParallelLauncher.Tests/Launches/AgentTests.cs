using System.Text.Json.Nodes;
using Hpo.Interop;
using Hpo.ParallelLauncher.Backends;
using Hpo.ParallelLauncher.Plan;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>An agent that can run no worker says why in the run's folder, where a launcher looks for it; else in its own output.</summary>
public sealed class AgentTests : IDisposable
{
    private static readonly Dictionary<string, string> OneTask = new() { ["TEST_INDEX"] = "1", ["TEST_ATTEMPT"] = "2" };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(null, "Could not find file")]
    [InlineData("{\"run\": ", "agent.json cannot be read")]
    public async Task A_plan_that_cannot_be_read(string? plan, string reason)
    {
        if (plan is not null) _folder.Write("agent.json", plan);

        JsonNode status = await RunAsync(WorkerExitCode.Environment);

        ((string)status["worker"]!["problem"]!).Should().Contain(reason).And.Contain("All hosts have to share its folder");
    }

    [Fact]
    public async Task A_working_directory_that_is_not_on_the_host()
    {
        Write(new AgentPlan { Request = Request, Run = "r", Directory = _folder.Path, WorkingDirectory = "/nowhere/at/all" });

        JsonNode status = await RunAsync(WorkerExitCode.Environment);

        ((string)status["worker"]!["problem"]!).Should().Contain("The working directory /nowhere/at/all is not on");
    }

    [Fact]
    public async Task A_worker_that_is_not_on_the_host()
    {
        Write(new AgentPlan { Request = Request with { Worker = "missing.py" }, Run = "r", Directory = _folder.Path });

        JsonNode status = await RunAsync(WorkerExitCode.Usage);

        ((string)status["worker"]!["problem"]!).Should().Contain("missing.py");
    }

    [Fact]
    public async Task Without_an_index_there_is_no_file_to_write_and_the_output_says_so()
    {
        Write(new AgentPlan { Request = Request, Run = "r", Directory = _folder.Path });

        (int exitCode, LauncherProcess agent) = await LauncherProcess.RunAsync(_folder, null, Line);

        exitCode.Should().Be(WorkerExitCode.Usage);
        agent.Errors.Should().Contain("TEST_INDEX does not hold a worker's index");
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_leaves_the_message_at_the_outputs_end()
    {
        Write(new AgentPlan { Request = Request, Run = "r", Directory = "/proc/nowhere", WorkingDirectory = "/nowhere/at/all" });

        (int exitCode, LauncherProcess agent) = await LauncherProcess.RunAsync(_folder, OneTask, Line);

        exitCode.Should().Be(WorkerExitCode.Environment);
        agent.Errors.Split('\n')[^1].Should().Contain("The working directory /nowhere/at/all is not on");
    }

    private static LaunchRequest Request => new() { Worker = "w.py", Study = "s", Storage = "sqlite:///s.db" };

    private string[] Line => ["agent", "--plan", _folder.File("agent.json"), "--index-variable", "TEST_INDEX", "--attempt-variable", "TEST_ATTEMPT"];

    private void Write(AgentPlan plan) => _folder.Write("agent.json", plan.ToJson());

    private async Task<JsonNode> RunAsync(int expected)
    {
        (int exitCode, LauncherProcess agent) = await LauncherProcess.RunAsync(_folder, OneTask, Line);

        exitCode.Should().Be(expected, agent.Errors);
        JsonNode status = JsonNode.Parse(await File.ReadAllTextAsync(_folder.File("worker-1.json")))!;
        status["hasEnded"]!.GetValue<bool>().Should().BeTrue();
        ((int)status["attempt"]!).Should().Be(2);
        ((string)status["worker"]!["state"]!).Should().Be("Failed");
        ((int)status["worker"]!["exitCode"]!).Should().Be(expected);
        agent.Errors.Split('\n')[^1].Should().Contain((string)status["worker"]!["problem"]!, "what an engine keeps of the output is its end");
        return status;
    }
}
