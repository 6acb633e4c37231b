using Hpo.Interop.Storages;
using Hpo.Interop.Tables.MySql;
using Hpo.Tests;
using MySqlConnector;

namespace Hpo.Interop.Tests.Storages;

/// <summary>The tests' own server, of whatever kind.</summary>
public sealed class DatabaseServerTests(DatabaseServer shared)
{
    [Fact]
    public async Task A_server_of_a_tests_own_has_its_options_and_keeps_them_and_its_data_when_it_starts_again()
    {
        shared.Require();
        await using DatabaseServer server = await DatabaseServer.StartNewAsync("--sql-mode=ANSI_QUOTES", "--lower-case-table-names=1");
        await server.ExecuteAsync("CREATE DATABASE Kept; CREATE TABLE Kept.Numbers AS SELECT 42 AS answer");
        int port = server.Port;

        await server.StopAsync();
        await server.StartAgainAsync("--autocommit=0");

        server.Port.Should().Be(port).And.NotBe(shared.Port);
        (await server.ExecuteAsync("SELECT CAST(answer AS CHAR) FROM kept.numbers")).Should().Be("42");
        (await server.ExecuteAsync("SELECT @@global.sql_mode")).Should().Be("ANSI_QUOTES");
        (await server.ExecuteAsync("SELECT IF(@@global.autocommit, 'on', 'off')")).Should().Be("off");
    }

    [Fact]
    public async Task It_is_of_the_chosen_kind()
    {
        shared.Require();
        string version = (string)(await shared.ExecuteAsync("SELECT CONCAT(VERSION(), ' ', @@version_comment)"))!;

        version.Contains("MariaDB", StringComparison.OrdinalIgnoreCase).Should().Be(shared.Kind is MariaDbKind);
    }

    [Fact]
    public async Task It_answers_on_its_Unix_socket_too()
    {
        shared.Require();
        var settings = new MySqlConnectionSettings(StorageUrl.Parse(shared.SocketUrl("information_schema")));

        await using MySqlConnection connection = settings.Open();

        await using MySqlCommand command = connection.CreateCommand();
        command.CommandText = "SELECT @@socket";
        (await command.ExecuteScalarAsync(TestContext.Current.CancellationToken)).Should().Be(shared.Socket);
    }
}
