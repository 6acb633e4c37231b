using System.Diagnostics;
using System.Globalization;
using CliWrap.Buffered;
using Hpo.Interop;
using MySqlConnector;

namespace Hpo.Integration.Tests.Scripts;

public sealed class MySqlScriptTests
{
    [Fact]
    public async Task The_only_line_on_stdout_is_the_URL_of_a_server_that_answers_on_loopback()
    {
        await using MySqlScripts scripts = StartableScripts();

        BufferedCommandResult start = await scripts.StartAsync();

        start.ExitCode.Should().Be(0, start.StandardError);
        start.StandardOutput.Should().MatchRegex(@"\Amysql(\+pymysql)?://root@127\.0\.0\.1:\d+/hpo\n\z");
        (await QueryAsync(start, "SELECT @@bind_address")).Should().Be("127.0.0.1");
    }

    [Fact]
    public async Task The_database_holds_every_character_of_Unicode()
    {
        await using MySqlScripts scripts = StartableScripts();

        BufferedCommandResult start = await scripts.StartAsync();

        start.ExitCode.Should().Be(0, start.StandardError);
        (await QueryAsync(start, "SELECT @@character_set_database")).Should().Be("utf8mb4");
    }

    [Fact]
    public async Task Starting_again_leaves_the_server_alone_and_prints_the_same_URL()
    {
        await using MySqlScripts scripts = StartableScripts();
        BufferedCommandResult first = await scripts.StartAsync();
        int server = scripts.ServerId();

        BufferedCommandResult second = await scripts.StartAsync();

        second.ExitCode.Should().Be(0, second.StandardError);
        second.StandardOutput.Should().Be(first.StandardOutput).And.NotBeEmpty();
        scripts.ServerId().Should().Be(server);
    }

    [Fact]
    public async Task Two_starts_at_once_give_one_server()
    {
        await using MySqlScripts scripts = StartableScripts();

        BufferedCommandResult[] starts = await Task.WhenAll(scripts.StartAsync(), scripts.StartAsync());

        starts.Should().OnlyContain(start => start.ExitCode == 0);
        starts[0].StandardOutput.Should().Be(starts[1].StandardOutput).And.NotBeEmpty();
    }

    [Fact]
    public async Task Stopping_ends_the_process_before_the_script_returns_and_keeps_the_data()
    {
        await using MySqlScripts scripts = StartableScripts();
        BufferedCommandResult first = await scripts.StartAsync();
        await QueryAsync(first, "CREATE TABLE kept AS SELECT 42 AS answer");
        int server = scripts.ServerId();

        BufferedCommandResult stop = await scripts.StopAsync();

        stop.ExitCode.Should().Be(0, stop.StandardError);
        stop.StandardOutput.Should().BeEmpty();
        MySqlScripts.Runs(server).Should().BeFalse();
        (await QueryAsync(await scripts.StartAsync(), "SELECT answer FROM kept")).Should().Be("42");
    }

    [Fact]
    public async Task Stopping_ends_the_server_for_a_caller_that_closed_its_pipes_too()
    {
        await using MySqlScripts scripts = StartableScripts();
        await scripts.StartAsync();
        int server = scripts.ServerId();

        using var stop = Process.Start(new ProcessStartInfo(MySqlScripts.PathOf("stop-mysql"), ["--data", scripts.Home])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        stop.StandardOutput.Close();
        stop.StandardError.Close();
        await stop.WaitForExitAsync(TestContext.Current.CancellationToken);

        stop.ExitCode.Should().Be(0);
        MySqlScripts.Runs(server).Should().BeFalse();
    }

    [Fact]
    public async Task A_server_that_was_killed_is_started_anew()
    {
        await using MySqlScripts scripts = StartableScripts();
        await scripts.StartAsync();
        int killed = scripts.ServerId();
        using (var process = Process.GetProcessById(killed)) process.Kill();
        SpinWait.SpinUntil(() => !MySqlScripts.Runs(killed), TimeSpan.FromSeconds(30)).Should().BeTrue();

        BufferedCommandResult start = await scripts.StartAsync();

        start.ExitCode.Should().Be(0, start.StandardError);
        (await QueryAsync(start, "SELECT 1")).Should().Be("1");
        scripts.ServerId().Should().NotBe(killed);
    }

    [Fact]
    public async Task A_server_that_cannot_start_says_why_and_where_its_log_is()
    {
        await using MySqlScripts scripts = StartableScripts();
        Directory.CreateDirectory(Path.Combine(scripts.Home, "data")); // it holds no tables

        BufferedCommandResult start = await scripts.StartAsync();

        start.ExitCode.Should().Be(1);
        start.StandardOutput.Should().BeEmpty();
        string log = Path.Combine(scripts.Home, "server.log");
        start.StandardError.Should().Contain(log).And.NotContain("Aborting");
        string[] told = [.. start.StandardError.Split('\n').SelectMany(line => line.Split("[ERROR]").Skip(1))];
        told.Should().NotBeEmpty();
        string kept = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
        told.Should().OnlyContain(error => kept.Contains(error));
    }

    [Theory]
    [InlineData("oracle")]
    [InlineData("")]
    public async Task A_kind_of_server_that_it_does_not_know_is_a_usage_error(string kind)
    {
        await using MySqlScripts scripts = StartableScripts();

        BufferedCommandResult run = await MySqlScripts.RunAsync("start-mysql", "--data", scripts.Home, "--server", kind);

        run.ExitCode.Should().Be(WorkerExitCode.Usage);
        run.StandardError.Should().Contain("mariadb or mysql");
    }

    [Fact]
    public async Task Stopping_spares_another_process_that_has_the_pid_of_an_earlier_server()
    {
        await using MySqlScripts scripts = StartableScripts();
        Directory.CreateDirectory(scripts.Home);
        using var stranger = Process.Start("sleep", "600");
        try
        {
            await File.WriteAllTextAsync(Path.Combine(scripts.Home, "server.pid"), $"{stranger.Id}\n",
                TestContext.Current.CancellationToken);

            BufferedCommandResult stop = await scripts.StopAsync();

            stop.ExitCode.Should().Be(0, stop.StandardError);
            stop.StandardError.Should().Contain("no server runs");
            stranger.HasExited.Should().BeFalse();
        }
        finally
        {
            stranger.Kill();
        }
    }

    [Theory]
    [InlineData("start-mysql")]
    [InlineData("stop-mysql")]
    public async Task An_unknown_argument_is_a_usage_error_that_names_it(string script)
    {
        BufferedCommandResult run = await MySqlScripts.RunAsync(script, "--port=1");

        run.ExitCode.Should().Be(WorkerExitCode.Usage);
        run.StandardOutput.Should().BeEmpty();
        run.StandardError.Should().Contain("--port=1").And.Contain("--data");
    }

    private static MySqlScripts StartableScripts()
    {
        Assert.SkipWhen(MySqlScripts.MissingProgram is not null, MySqlScripts.MissingProgram ?? "");
        return new MySqlScripts();
    }

    private static async Task<string?> QueryAsync(BufferedCommandResult start, string sql)
    {
        var url = new Uri(start.StandardOutput.Trim());
        var connection = new MySqlConnectionStringBuilder
        {
            Server = url.Host,
            Port = (uint)url.Port,
            UserID = url.UserInfo,
            Database = url.AbsolutePath.TrimStart('/'),
            Pooling = false,
        };
        await using var database = new MySqlConnection(connection.ConnectionString);
        await database.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new MySqlCommand(sql, database);
        object? answer = await command.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        return Convert.ToString(answer, CultureInfo.InvariantCulture);
    }
}
