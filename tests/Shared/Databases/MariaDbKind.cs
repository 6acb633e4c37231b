using System.Diagnostics;

namespace Hpo.Tests;

public sealed class MariaDbKind : DatabaseServerKind
{
    private readonly string? _server = Find("mariadbd");
    private readonly string? _installer = Find("mariadb-install-db");

    public override string Name => "mariadb";

    public override string? Missing => _server is not null && _installer is not null
        ? null
        : "MariaDB is not installed here: mariadbd or mariadb-install-db was not found (apt-get install mariadb-server-core).";

    protected override string Program => _server!;

    public override ProcessStartInfo Installation(string data, IReadOnlyList<string> options) => new(_installer!,
    [
        "--no-defaults", $"--datadir={data}", $"--user={Environment.UserName}",
        "--auth-root-authentication-method=normal", "--skip-test-db",
    ])
    {
        // Its temporary tables have names that another installation at the same time has too.
        Environment = { ["TMPDIR"] = Path.GetDirectoryName(data) },
    };
}
