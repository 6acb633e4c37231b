using System.Globalization;
using System.Net;
using System.Text.Json;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.Interop.Tables;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>The launcher's own connections on a network that fails, at requests all over a short run.</summary>
public sealed class LostConnectionTests(DatabaseServer server) : IDisposable
{
    // A launch takes a second: every sixth of its requests is enough, each with the next type of fault.
    private const int Step = 6;

    private static readonly Fault[] Faults = Enum.GetValues<Fault>();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Whatever_request_is_lost_a_trial_of_a_dead_worker_is_failed_and_retried_once()
    {
        const string Database = "lost_repairs";
        server.Require();
        await RunAsync(server.Url(Database));

        int launches = 0;
        for (bool isReached = true; isReached;)
        {
            await LoseTrialAsync(Database);

            var (launcher, failed) = await RunAsync(Database, launches++ * Step);

            (await server.TrialsAsync(Database, "state = 'FAIL'")).Should().Be(launches, launcher.Errors);
            (await server.TrialsAsync(Database, "state = 'WAITING'")).Should().Be(launches, launcher.Errors);
            (await server.TrialsAsync(Database, "TRUE")).Should().Be(2 * launches, launcher.Errors);
            isReached = failed > 0;
        }

        launches.Should().BeGreaterThan(Faults.Length);
    }

    [Fact]
    public async Task Whatever_request_is_lost_the_database_and_the_study_are_created()
    {
        server.Require();
        int launches = 0;
        for (bool isReached = true; isReached;)
        {
            string database = string.Create(CultureInfo.InvariantCulture, $"lost_creation_{launches}");

            var (launcher, failed) = await RunAsync(database, launches++ * Step);

            (await server.ExecuteAsync($"SELECT COUNT(*) FROM {database}.studies JOIN {database}.study_directions USING (study_id)"))
                .Should().Be(1L, launcher.Errors);
            isReached = failed > 0;
        }

        launches.Should().BeGreaterThan(Faults.Length);
    }

    /// <summary>Runs a launcher one of whose requests fails; also gives how many did.</summary>
    private async Task<(LauncherProcess Launcher, int Failed)> RunAsync(string database, int request)
    {
        await using var proxy = new FaultyProxy(new IPEndPoint(IPAddress.Loopback, server.Port));
        proxy.Fail(request, Faults[request % Faults.Length]);
        return (await RunAsync(server.Url(database).Replace($":{server.Port}/", $":{proxy.Port}/", StringComparison.Ordinal)), proxy.Failed);
    }

    // The worker needs no database: all requests are the launcher's.
    private async Task<LauncherProcess> RunAsync(string url)
    {
        var (exitCode, launcher) = await LauncherProcess.RunAsync(
            _folder, new Dictionary<string, string> { ["OPTUNA_STORAGE"] = url },
            "true", "-n", "1", "--study", "s", "--direction", "minimize", "--retry-failed", "1", "--json");
        exitCode.Should().Be(WorkerExitCode.Success, launcher.Errors);
        launcher.Json.GetProperty("state").GetString().Should().Be("finished");
        launcher.Json.GetProperty("errors").GetArrayLength().Should().Be(0, launcher.Errors);
        return launcher;
    }

    /// <summary>A trial that a process of this machine has left, which was born before all others.</summary>
    private async Task LoseTrialAsync(string database)
    {
        ProcessIdentity dead = ProcessIdentity.Current with { Born = "0" };
        string owner = JsonSerializer.Serialize(new Dictionary<string, object?>
        {
            ["run"] = "earlier",
            ["worker"] = 0,
            ["host"] = dead.Host,
            ["boot"] = dead.Boot,
            ["space"] = dead.Space,
            ["pid"] = dead.Pid,
            ["born"] = dead.Born,
        });
        await server.ExecuteAsync(
            $"""
            INSERT INTO {database}.trials (number, study_id, state, datetime_start)
                SELECT (SELECT COUNT(*) FROM {database}.trials), study_id, 'RUNNING', NOW() FROM {database}.studies;
            INSERT INTO {database}.trial_system_attributes (trial_id, `key`, value_json) VALUES (LAST_INSERT_ID(), '{TrialOwner.Key}', '{owner}')
            """);
    }
}
