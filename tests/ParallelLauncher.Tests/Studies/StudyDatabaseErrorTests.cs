using System.Globalization;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables;
using Hpo.Interop.Tables.Sqlite;
using Hpo.ParallelLauncher.Studies;
using Hpo.Tests;
using Microsoft.Data.Sqlite;

namespace Hpo.ParallelLauncher.Tests.Studies;

/// <summary>Errors of a database are classified: transient, lasting, or a study that is gone.</summary>
public sealed class StudyDatabaseErrorTests(DatabaseServer server) : IDisposable
{
    private const string LoseTrial =
        """
        import sys, optuna
        study = optuna.create_study(study_name="s", storage=sys.argv[1], load_if_exists=True)
        study._storage.set_trial_system_attr(study.ask()._trial_id, "hpo:worker", {"run": "r", "worker": 1})
        """;

    private const string DeleteStudy = "import sys, optuna; optuna.delete_study(study_name='s', storage=sys.argv[1])";

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("killed_tcp", false)]
    [InlineData("killed_socket", true)]
    public async Task A_connection_that_was_lost_while_idle_is_a_transient_error_and_the_next_read_succeeds(string name, bool isSocket)
    {
        string url = await MySqlAsync(name);
        using StudyDatabase database = Open(isSocket ? $"{url}?unix_socket={server.Socket}" : url);
        (await database.PollAsync(Cancellation))!.Counts.Running.Should().Be(1);

        await server.ExecuteAsync($"KILL {await ConnectionAsync(name)}");

        (await FailureAsync(() => database.PollAsync(Cancellation))).IsTransient.Should().BeTrue();
        (await database.PollAsync(Cancellation))!.Counts.Running.Should().Be(1);
    }

    [Fact]
    public async Task A_unix_socket_that_is_not_there_is_a_transient_error()
    {
        using StudyDatabase database = Open($"mysql://u:hunter2@localhost/d?unix_socket={_folder.File("none.sock")}");

        TableException failure = await FailureAsync(() => database.PollAsync(Cancellation));

        failure.IsTransient.Should().BeTrue();
        failure.Message.Should().Contain("none.sock").And.NotContain("hunter2");
    }

    [Fact]
    public async Task A_missing_right_is_a_lasting_error_that_names_the_remedy()
    {
        await MySqlAsync("readable");
        await server.ExecuteAsync(
            $"CREATE USER reader@'%' IDENTIFIED BY '{DatabaseServer.Password}'; GRANT SELECT ON readable.* TO reader@'%'");
        using StudyDatabase database = Open(server.Url("readable", user: "reader"));
        (await database.PollAsync(Cancellation))!.Counts.Running.Should().Be(1, "reading is allowed");

        TableException failure = await FailureAsync(() => FailOwnedAsync(database));

        failure.IsTransient.Should().BeFalse();
        failure.Message.Should().Contain("'reader'").And.Contain("GRANT ALL ON `readable`").And.NotContain(DatabaseServer.Password);
    }

    [Fact]
    public async Task An_sqlite_file_that_may_only_be_read_is_read_and_its_lost_trials_are_a_lasting_error()
    {
        string file = await SqliteAsync();
        SqliteFiles.MakeReadOnly(file);
        using StudyDatabase database = Open($"sqlite:///{file}");

        (await database.PollAsync(Cancellation))!.Counts.Running.Should().Be(1);
        TableException failure = await FailureAsync(() => FailOwnedAsync(database));

        failure.IsTransient.Should().BeFalse();
        failure.Message.Should().Be($"The SQLite file {file} cannot be used: attempt to write a readonly database (error 8)");
    }

    [Theory]
    [InlineData(5, true)] // busy
    [InlineData(6, true)] // locked
    [InlineData(10, true)] // the file system fails
    [InlineData(14, true)] // cannot be opened
    [InlineData(8, false)] // read-only
    [InlineData(11, false)] // damaged
    [InlineData(13, false)] // disk full
    [InlineData(26, false)] // no database
    public void Sqlites_errors_are_transient_or_lasting(int code, bool isTransient)
    {
        SqliteErrors.IsTransient(new SqliteException("SQLite Error", code)).Should().Be(isTransient);
    }

    [Theory]
    [InlineData("sqlite")]
    [InlineData("deleted")]
    public async Task A_deleted_study_is_gone_even_where_another_one_has_its_name(string kind)
    {
        string url = kind == "sqlite" ? $"sqlite:///{await SqliteAsync()}" : await MySqlAsync(kind);
        using StudyDatabase database = Open(url);
        (await database.PollAsync(Cancellation)).Should().NotBeNull();

        await PythonOracle.RunAsync(DeleteStudy, url);
        (await database.PollAsync(Cancellation)).Should().BeNull();
        (await FailOwnedAsync(database)).Should().BeEmpty();

        await PythonOracle.RunAsync(LoseTrial, url);
        (await database.PollAsync(Cancellation)).Should().BeNull("its namesake is another study");
    }

    [Fact]
    public async Task A_deleted_file_and_a_dropped_database_hold_no_study()
    {
        string file = await SqliteAsync(), url = await MySqlAsync("dropped");
        using StudyDatabase sqlite = Open($"sqlite:///{file}"), mysql = Open(url);
        (await sqlite.PollAsync(Cancellation)).Should().NotBeNull();
        (await mysql.PollAsync(Cancellation)).Should().NotBeNull();

        File.Delete(file);
        await server.ExecuteAsync("DROP DATABASE dropped");

        foreach (StudyDatabase database in new[] { sqlite, mysql })
        {
            (await database.PollAsync(Cancellation)).Should().BeNull();
            (await database.ReadOpenAsync(Cancellation)).Should().BeEmpty();
            (await FailOwnedAsync(database)).Should().BeEmpty();
        }
    }

    private static StudyDatabase Open(string url) => StudyDatabase.For(StorageUrl.Parse(url), "s")!;

    private static Task<List<LostTrial>> FailOwnedAsync(StudyDatabase database) =>
        database.FailLostAsync(trial => trial.Owner is not null, retries: 0, DateTime.Now, Cancellation);

    private static async Task<TableException> FailureAsync(Func<Task> act) =>
        (await act.Should().ThrowAsync<TableException>()).Which;

    private async Task<string> SqliteAsync()
    {
        string file = _folder.File("s.db");
        await PythonOracle.RunAsync(LoseTrial, $"sqlite:///{file}");
        return file;
    }

    private async Task<string> MySqlAsync(string name)
    {
        server.Require();
        await server.ExecuteAsync($"CREATE DATABASE {name} CHARACTER SET utf8mb4");
        string url = server.Url(name);
        await PythonOracle.RunAsync(LoseTrial, url);
        return url;
    }

    // The oracle's own connections have ended with it, or will: the launcher's is the newest.
    private async Task<string> ConnectionAsync(string name) => Convert.ToString(
        await server.ExecuteAsync($"SELECT MAX(id) FROM information_schema.processlist WHERE db = '{name}'"), CultureInfo.InvariantCulture)!;
}
