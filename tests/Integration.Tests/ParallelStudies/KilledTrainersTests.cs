using System.Diagnostics;
using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using Hpo.Tests;
using MySqlConnector;

namespace Hpo.Integration.Tests.ParallelStudies;

/// <summary>Native trainers that are killed in the middle cost no trial of the total.</summary>
public sealed class KilledTrainersTests(DatabaseServer server) : IDisposable
{
    private const int Total = 12;
    private const int Kills = 3;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task The_digits_get_exactly_their_total_although_trainers_are_killed()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Processes are found through /proc.");
        server.Require();
        string url = server.Url("killed_digits");
        CommandTask<BufferedCommandResult> launch = Programs.Command(
            Programs.Launcher, _folder.Path, Programs.Trainer, "--num_parallel", "2", "--study", "digits", "--storage", url,
            "--direction", "maximize", "--total-trials", $"{Total}", "--max-restarts", $"{Kills}", "--retry-failed", "1", "--", "tune", "digits")
            .ExecuteBufferedAsync();

        // Each time one that is in the middle of a trial, which its owner names.
        for (int kill = 0; kill < Kills; kill++)
        {
            int trainer = await RunningTrainerAsync(launch.Task);
            Process.GetProcessById(trainer).Kill();
        }

        BufferedCommandResult ended = await launch;
        ended.ExitCode.Should().Be(0, ended.StandardError);
        (await CountAsync("state = 'COMPLETE'")).Should().Be(Total);
        (await CountAsync("state NOT IN ('COMPLETE', 'FAIL')")).Should().Be(0);
        (await server.ExecuteAsync("SELECT COUNT(DISTINCT number) FROM killed_digits.trials")).Should().Be(await CountAsync("TRUE"));
        ended.StandardError.Should().Contain("lost its process");
    }

    private async Task<long> CountAsync(string condition) =>
        (long)(await server.ExecuteAsync($"SELECT COUNT(*) FROM killed_digits.trials WHERE {condition}"))!;

    private async Task<int> RunningTrainerAsync(Task launch)
    {
        await using MySqlConnection connection = await server.OpenAsync();
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!launch.IsCompleted)
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            if (await RunningPidAsync(connection) is { } pid && Directory.Exists($"/proc/{pid}")) return pid;
        }

        throw new InvalidOperationException("The launcher ended before a trainer could be killed.");
    }

    private static async Task<int?> RunningPidAsync(MySqlConnection connection)
    {
        try
        {
            object? pid = await connection.ExecuteAsync(
                """
                SELECT JSON_VALUE(a.value_json, '$.pid') FROM killed_digits.trials t
                JOIN killed_digits.trial_system_attributes a ON a.trial_id = t.trial_id AND a.`key` = 'hpo:worker'
                WHERE t.state = 'RUNNING' LIMIT 1
                """);
            return pid is string text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
        }
        catch (MySqlException error) when (error.Number is 1049 or 1146)
        {
            return null;
        }
    }
}
