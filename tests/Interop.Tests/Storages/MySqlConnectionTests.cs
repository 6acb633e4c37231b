using Hpo.Interop.Storages;
using Hpo.Tests;
using MySqlConnector;

namespace Hpo.Interop.Tests.Storages;

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
            await using MySqlConnection connection = await settings.OpenAsync(cancellationToken: TestContext.Current.CancellationToken);
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
        var open = () => Settings(DatabaseServer.CarefulUser, "wrong").OpenAsync(cancellationToken: TestContext.Current.CancellationToken);

        MySqlErrors.IsAccessDenied((await open.Should().ThrowAsync<MySqlException>()).Which).Should().BeTrue();
    }

    private MySqlConnectionSettings Settings(string user, string password, string query = "") =>
        new(StorageUrl.Parse(server.Url("information_schema", user, password) + query));
}
