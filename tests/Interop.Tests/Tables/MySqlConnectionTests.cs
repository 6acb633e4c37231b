using Hpo.Interop.Storages;
using Hpo.Interop.Tables.MySql;
using Hpo.Tests;
using MySqlConnector;

namespace Hpo.Interop.Tests.Tables;

/// <summary>Connections to a real server.</summary>
public sealed class MySqlConnectionTests(DatabaseServer server)
{
    [Theory]
    [InlineData(DatabaseServer.User, "", false)]
    [InlineData(DatabaseServer.CarefulUser, "", true)]
    [InlineData(DatabaseServer.User, "?ssl_ca={ca}", true)]
    public async Task Within_this_machine_tls_is_used_where_the_server_or_the_url_asks_for_it(string user, string query, bool isEncrypted)
    {
        server.Require();
        var settings = Settings(user, DatabaseServer.Password, query.Replace("{ca}", server.Certificate, StringComparison.Ordinal));
        for (int attempt = 0; attempt < 2; attempt++)
        {
            await using MySqlConnection connection = settings.Open();
            await using MySqlCommand command = connection.CreateCommand();
            command.CommandText = "SHOW SESSION STATUS LIKE 'Ssl_cipher'";
            await using MySqlDataReader reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            (await reader.ReadAsync(TestContext.Current.CancellationToken)).Should().BeTrue();
            (reader.GetString(1).Length > 0).Should().Be(isEncrypted);
        }
    }

    [Fact]
    public async Task A_wrong_password_is_refused_with_and_without_tls()
    {
        server.Require();
        var open = () => Settings(DatabaseServer.CarefulUser, "wrong").Open();

        MySqlErrors.IsAccessDenied((open.Should().Throw<MySqlException>()).Which).Should().BeTrue();
    }

    [Theory]
    [InlineData("another authority")]
    [InlineData("no file")]
    public async Task A_certificate_that_does_not_fit_is_told_as_that(string authority)
    {
        server.Require();
        using var folder = new TemporaryFolder();
        string file = authority == "no file" ? folder.File("none.pem") : ServerCertificate.Write(folder).CertificateFile;
        MySqlConnectionSettings settings = Settings(DatabaseServer.User, DatabaseServer.Password, $"?ssl_ca={file}");
        var open = () => settings.Open();

        var error = (open.Should().Throw<Exception>()).Which;

        MySqlErrors.Describe(error, settings.Url).Should().Contain("TLS").And.Contain("ssl_ca").And.NotContain("No MySQL");
        MySqlErrors.IsTransient(error).Should().BeFalse();
        MySqlErrors.IsDatabaseError(error).Should().BeTrue();
    }

    [Theory]
    [InlineData("", "STRICT")]
    [InlineData("NO_BACKSLASH_ESCAPES,ANSI_QUOTES", "STRICT")]
    public async Task A_session_has_the_modes_that_it_relies_on(string serversModes, string expected)
    {
        await using DatabaseServer other = await DatabaseServer.StartNewAsync($"--sql-mode={serversModes}", "--autocommit=0");
        var settings = new MySqlConnectionSettings(StorageUrl.Parse(other.Url("information_schema")));

        await using MySqlConnection connection = settings.Open();
        await using MySqlCommand command = connection.CreateCommand();
        command.CommandText = "SELECT CONCAT(@@sql_mode, IF(@@autocommit, ' 1', ' 0'))";
        string found = (string)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
        found.Should().Contain(expected).And.EndWith(" 1").And.NotContain("BACKSLASH").And.NotContain("ANSI");
    }

    private MySqlConnectionSettings Settings(string user, string password, string query = "") =>
        new(StorageUrl.Parse(server.Url("information_schema", user, password) + query));
}
