using Hpo.Interop;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>Launches on a private MariaDB.</summary>
public sealed class MySqlLaunchTests(DatabaseServer server) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_missing_database_is_created_with_utf8mb4_and_the_budget_is_met()
    {
        server.Require();

        var (exitCode, launcher) = await RunAsync(server.Url("created"), "-n", "2", "--json", "--direction", "minimize",
            "--total-trials", "10", "--", "optimize", "--milliseconds", "20");

        exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
        launcher.Json.GetProperty("study").GetProperty("complete").GetInt32().Should().Be(10);
        (await server.ExecuteAsync(
            "SELECT default_character_set_name FROM information_schema.schemata WHERE schema_name = 'created'")).Should().Be("utf8mb4");
        (await server.ExecuteAsync("SELECT COUNT(*) FROM created.trials WHERE state = 'COMPLETE'")).Should().Be(10L);
    }

    [Fact]
    public async Task A_wrong_password_is_told_without_it()
    {
        server.Require();

        var (exitCode, launcher) = await RunAsync(server.Url("x", password: "hunter-wrong"), "-n", "1", "--json", "--", "exit", "0");

        exitCode.Should().Be(WorkerExitCode.Storage);
        launcher.Errors.Should().Contain("wrong user or password").And.Contain($"127.0.0.1:{server.Port}").And.NotContain("   at ");
        (launcher.Output + launcher.Errors).Should().NotContain("hunter");
    }

    [Fact]
    public async Task A_user_who_may_not_create_the_database_is_told_the_remedy()
    {
        server.Require();

        var (exitCode, launcher) = await RunAsync(server.Url("forbidden", user: "poor"), "-n", "1", "--", "exit", "0");

        exitCode.Should().Be(WorkerExitCode.Storage);
        launcher.Errors.Should().Contain("GRANT ALL ON `forbidden`");
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_told_with_its_address()
    {
        var (exitCode, launcher) = await RunAsync("mysql://u:hunter2@127.0.0.1:1/d", "-n", "1", "--", "exit", "0");

        exitCode.Should().Be(WorkerExitCode.Storage);
        launcher.Errors.Should().Contain("127.0.0.1:1").And.Contain("start-mysql").And.NotContain("hunter2");
    }

    [Fact]
    public async Task Too_few_connections_are_foreseen()
    {
        server.Require();

        var (exitCode, launcher) = await RunAsync(server.Url("connections"), "-n", "200", "--dry-run", "--", "exit", "0");
        exitCode.Should().Be(WorkerExitCode.Success);

        await server.ExecuteAsync("SET GLOBAL max_connections = 11");
        try
        {
            (exitCode, launcher) = await RunAsync(server.Url("connections"), "-n", "8", "--", "exit", "0");
        }
        finally
        {
            await server.ExecuteAsync("SET GLOBAL max_connections = 151");
        }

        exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
        launcher.Errors.Should().Contain("8 workers need about 18 connections; the server allows 11");
    }

    private Task<(int ExitCode, LauncherProcess Launcher)> RunAsync(string url, params string[] arguments) =>
        LauncherProcess.RunAsync(_folder, new Dictionary<string, string> { ["OPTUNA_STORAGE"] = url }, [Programs.DummyWorker, .. arguments]);
}
