using Hpo.Interop.Storages;
using Hpo.Interop.Tables.MySql;
using MySqlConnector;

namespace Hpo.Interop.Tests.Tables;

public class MySqlConnectionSettingsTests
{
    private const string DefaultSocket = "/run/mysqld/mysqld.sock";

    [Fact]
    public void Every_part_of_the_url_reaches_its_setting()
    {
        var builder = Only("mysql://a%40b:p%3B%27x@[::1]:3307/d%20?ssl_ca=/ca.pem&ssl_cert=/c.pem&ssl_key=/k.pem" +
                           "&ssl_verify_identity=true&connect_timeout=7&charset=latin1");

        builder.UserID.Should().Be("a@b");
        builder.Password.Should().Be("p;'x");
        builder.Server.Should().Be("::1");
        builder.Port.Should().Be(3307);
        builder.Database.Should().Be("d%20");
        builder.SslCa.Should().Be("/ca.pem");
        builder.SslCert.Should().Be("/c.pem");
        builder.SslKey.Should().Be("/k.pem");
        builder.SslMode.Should().Be(MySqlSslMode.VerifyFull);
        builder.ConnectionTimeout.Should().Be(7);
        builder.CharacterSet.Should().Be("utf8mb4");
        new MySqlConnectionStringBuilder(builder.ConnectionString).Password.Should().Be("p;'x");
    }

    [Theory]
    [InlineData("", MySqlSslMode.Preferred)]
    [InlineData("?ssl_ca=/ca.pem", MySqlSslMode.VerifyCA)]
    [InlineData("?ssl_ca=/ca.pem&ssl_verify_identity=false", MySqlSslMode.VerifyCA)]
    [InlineData("?ssl_verify_identity=true", MySqlSslMode.VerifyFull)]
    [InlineData("?ssl_cert=/c.pem&ssl_key=/k.pem", MySqlSslMode.Required)]
    public void The_tls_parameters_say_how_strictly_the_server_is_checked(string query, MySqlSslMode mode)
    {
        Only("mysql://u:p@h/d" + query).SslMode.Should().Be(mode);
    }

    [Theory]
    [InlineData("127.0.0.1", "", MySqlSslMode.None)]
    [InlineData("[::1]", "", MySqlSslMode.None)]
    [InlineData("127.0.0.1", "?ssl_ca=/ca.pem", MySqlSslMode.VerifyCA)]
    [InlineData("127.0.0.1", "?ssl_cert=/c.pem&ssl_key=/k.pem", MySqlSslMode.Required)]
    [InlineData("127.0.0.2", "", MySqlSslMode.Preferred)]
    public void Within_this_machine_tls_is_used_where_the_url_asks_for_it(string host, string query, MySqlSslMode mode)
    {
        Only($"mysql://u:p@{host}/d{query}").SslMode.Should().Be(mode);
    }

    [Theory]
    [InlineData("mysql://root@localhost:3307/d")]
    [InlineData("mysql+mysqldb://root@localhost/d")]
    [InlineData("mysql://root@/d")]
    public void Localhost_is_the_default_socket_first_and_tcp_second(string url)
    {
        var candidates = Settings(url, DefaultSocket).Candidates();

        candidates.Should().HaveCount(2);
        candidates[0].ConnectionProtocol.Should().Be(MySqlConnectionProtocol.UnixSocket);
        candidates[0].Server.Should().Be(DefaultSocket);
        candidates[1].ConnectionProtocol.Should().Be(MySqlConnectionProtocol.Tcp);
        candidates[1].Server.Should().Be("localhost");
    }

    [Theory]
    [InlineData("mysql+pymysql://root@localhost/d")]
    [InlineData("mysql://root@127.0.0.1/d")]
    [InlineData("mysql://root@db/d")]
    public void Any_other_host_and_pymysql_are_tcp_alone(string url)
    {
        Settings(url, DefaultSocket).Candidates().Should().ContainSingle()
            .Which.ConnectionProtocol.Should().Be(MySqlConnectionProtocol.Tcp);
    }

    [Fact]
    public void Without_a_default_socket_localhost_is_tcp_alone()
    {
        Settings("mysql://root@localhost/d").Candidates().Should().ContainSingle()
            .Which.ConnectionProtocol.Should().Be(MySqlConnectionProtocol.Tcp);
    }

    [Fact]
    public void A_named_socket_is_the_only_way_tried()
    {
        var builder = Settings("mysql://root@localhost/d?unix_socket=%2Ftmp%2Fmy.sock", DefaultSocket).Candidates()
            .Should().ContainSingle().Which;

        builder.Server.Should().Be("/tmp/my.sock");
        builder.ConnectionProtocol.Should().Be(MySqlConnectionProtocol.UnixSocket);
    }

    [Fact]
    public void Without_the_database_none_is_selected()
    {
        Settings("mysql://u:p@h/d").Candidates(withDatabase: false)[0].Database.Should().BeEmpty();
    }

    [Fact]
    public void A_backtick_in_the_name_of_the_database_cannot_leave_its_quotes()
    {
        Settings("mysql://u:p@h/a`b").QuotedDatabase.Should().Be("`a``b`");
    }

    [Fact]
    public void The_settings_print_masked()
    {
        Settings("mysql://u:hunter2@h/d").ToString().Should().Be("mysql://u:***@h/d");
    }

    [Fact]
    public void Another_dialect_is_refused()
    {
        var create = () => new MySqlConnectionSettings(StorageUrl.Parse("sqlite:///x.db"));

        create.Should().Throw<ArgumentException>();
    }

    [Fact]
    public async Task A_server_that_does_not_answer_is_described_with_its_address_and_the_remedy()
    {
        // Port 1 of the loopback is reserved and nothing listens there.
        var settings = Settings("mysql://u:hunter2@127.0.0.1:1/d?connect_timeout=2");

        var open = () => settings.Open();

        var error = (open.Should().Throw<MySqlException>()).Which;
        MySqlErrors.IsUnreachable(error).Should().BeTrue();
        MySqlErrors.IsTransient(error).Should().BeTrue();
        MySqlErrors.IsAccessDenied(error).Should().BeFalse();
        MySqlErrors.Describe(error, settings.Url).Should().Contain("127.0.0.1:1").And.Contain("scripts/start-mysql")
            .And.NotContain("hunter2");
    }

    private static MySqlConnectionStringBuilder Only(string url) =>
        Settings(url).Candidates().Should().ContainSingle().Which;

    private static MySqlConnectionSettings Settings(string url, params string[] sockets) =>
        new(StorageUrl.Parse(url), sockets.Contains);
}
