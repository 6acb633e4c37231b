using System.Diagnostics;

namespace Hpo.Tests;

/// <summary>MySQL itself.</summary>
public sealed class MySqlKind : DatabaseServerKind
{
    private readonly string? _server = FindServer();

    public override string Name => "mysql";

    public override string? Missing =>
        _server is not null ? null : "MySQL is not installed here: no mysqld of its own was found (apt-get install mysql-server-core).";

    protected override string Program => _server!;

    // The folder that it would import files from comes with a package that Debian's server alone does without.
    protected override IEnumerable<string> OwnOptions => ["--mysqlx=OFF", "--skip-log-bin", "--secure-file-priv=NULL"];

    public override ProcessStartInfo Installation(string data, IReadOnlyList<string> options) => new(_server!,
    [
        "--no-defaults", "--initialize-insecure", $"--datadir={data}", $"--user={Environment.UserName}", "--secure-file-priv=NULL",
        .. options.Where(HoldsFromTheInstallationOn),
    ]);

    private static bool HoldsFromTheInstallationOn(string option) =>
        option.Replace('_', '-').StartsWith("--lower-case-table-names", StringComparison.Ordinal);

    // MariaDB installs its server under MySQL's name, too.
    private static string? FindServer()
    {
        string? server = Find("mysqld");
        if (server is null) return null;
        using var version = Process.Start(new ProcessStartInfo(server, ["--no-defaults", "--version"]) { RedirectStandardOutput = true })!;
        return version.StandardOutput.ReadToEnd().Contains("MariaDB", StringComparison.OrdinalIgnoreCase) ? null : server;
    }
}
