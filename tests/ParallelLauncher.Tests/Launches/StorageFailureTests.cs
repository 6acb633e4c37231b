using System.Text.Json;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.Tests;
using Microsoft.Data.Sqlite;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>A run whose storage fails for good ends in order, with the reason in its record and exit code 3.</summary>
public sealed class StorageFailureTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public StorageFailureTests()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Workers are found in /proc.");
        PreparedStudy.CopyInto(_folder);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_study_that_is_deleted_while_it_runs_is_told_as_that()
    {
        await using LauncherProcess launcher = Start("-n", "2", "--json", "--total-trials", "9", "--", "wait-for-interrupt");
        await launcher.LineAsync("\"event\":\"progress\"");
        int[] workers = await launcher.ReadyAsync(2);

        await ExecuteAsync("DELETE FROM studies");

        (await launcher.WaitAsync()).Should().Be(WorkerExitCode.Storage, launcher.Errors);
        launcher.Json.GetProperty("state").GetString().Should().Be("finished");
        launcher.Json.GetProperty("stopReason").GetString().Should().Be("the study 'DummyWorker' was deleted while it ran");
        launcher.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetString())
            .Should().Equal("The study 'DummyWorker' was deleted while it ran.");
        launcher.Json.TryGetProperty("study", out _).Should().BeFalse("nobody knows anything of it any more");
        launcher.Json.GetProperty("workers").EnumerateArray().Should().OnlyContain(worker => worker.GetProperty("restarts").GetInt32() == 0);
        workers.Should().OnlyContain(worker => !Processes.IsAlive(worker));
    }

    [Fact]
    public async Task A_file_that_cannot_be_written_any_more_ends_the_run_when_a_lost_trial_cannot_be_failed()
    {
        await using LauncherProcess launcher = Start("-n", "2", "--json", "--", "optimize", "--milliseconds", "60000");
        int[] workers = await launcher.ReadyAsync(2);
        // Their trials have been written down whole: the workers themselves write nothing more for a minute.
        await Poll.UntilAsync(async () => await ScalarAsync("SELECT COUNT(*) FROM trial_user_attributes") == 2);
        SqliteFiles.MakeReadOnly(_folder.File("hpo.db"));

        Posix.Kill(workers[0], Posix.KillNow).Should().Be(0);

        (await launcher.WaitAsync()).Should().Be(WorkerExitCode.Storage, launcher.Errors);
        launcher.Json.GetProperty("stopReason").GetString().Should().Contain("hpo.db cannot be used: attempt to write a readonly database");
        launcher.Json.GetProperty("errors").EnumerateArray().Select(error => error.GetString())
            .Should().Contain(error => error!.Contains("--resume"));
        StoredRun().GetProperty("state").GetString().Should().Be("finished");
        launcher.Errors.Should().Contain("the workers are asked to finish (SIGINT)");
        workers.Should().OnlyContain(worker => !Processes.IsAlive(worker));
    }

    [Fact]
    public async Task No_worker_is_started_where_the_trials_of_an_earlier_run_cannot_be_failed()
    {
        await ExecuteAsync(
            $$"""
            INSERT INTO trials (trial_id, number, study_id, state) VALUES (1, 0, 1, 'RUNNING');
            INSERT INTO trial_system_attributes (trial_id, `key`, value_json)
            VALUES (1, 'hpo:worker', '{{OwnerOf(ProcessIdentity.Current with { Born = "0" })}}')
            """);
        SqliteFiles.MakeReadOnly(_folder.File("hpo.db"));
        await using LauncherProcess launcher = Start("-n", "1", "--json", "--", "exit", "0");

        (await launcher.WaitAsync()).Should().Be(WorkerExitCode.Storage, launcher.Errors);

        launcher.Json.GetProperty("workers").GetArrayLength().Should().Be(0);
        launcher.Json.GetProperty("errors")[0].GetString().Should().Contain("readonly");
        StoredRun().GetProperty("state").GetString().Should().Be("finished");
    }

    private LauncherProcess Start(params string[] arguments) =>
        LauncherProcess.Start(_folder, null, [Programs.DummyWorker, .. arguments]);

    private static string OwnerOf(ProcessIdentity process) => JsonSerializer.Serialize(new Dictionary<string, object?>
    {
        ["run"] = "earlier",
        ["worker"] = 0,
        ["host"] = process.Host,
        ["boot"] = process.Boot,
        ["space"] = process.Space,
        ["pid"] = process.Pid,
        ["born"] = process.Born,
    });

    private JsonElement StoredRun()
    {
        string run = Directory.GetDirectories(_folder.File("runs")).Should().ContainSingle().Which;
        using var record = JsonDocument.Parse(File.ReadAllText(Path.Combine(run, "run.json")));
        return record.RootElement.Clone();
    }

    private Task ExecuteAsync(string sql) => ScalarAsync(sql);

    private async Task<long> ScalarAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_folder.File("hpo.db")};Pooling=False;Foreign Keys=False");
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await using var command = new SqliteCommand(sql, connection);
        return await command.ExecuteScalarAsync(TestContext.Current.CancellationToken) as long? ?? 0;
    }
}
