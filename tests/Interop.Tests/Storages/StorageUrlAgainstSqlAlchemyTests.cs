using System.Diagnostics;
using System.Text.Json;
using Hpo.Interop.Storages;

namespace Hpo.Interop.Tests.Storages;

/// <summary>SQLAlchemy itself is the oracle: whatever both sides accept, they read alike.</summary>
public class StorageUrlAgainstSqlAlchemyTests
{
    private const string Oracle =
        """
        import json, sys
        from sqlalchemy.engine.url import make_url
        def parts(text):
            try:
                u = make_url(text)
                return [u.username, u.password, u.host, str(u.port) if u.port is not None else None, u.database]
            except Exception:
                return None
        json.dump([parts(t) for t in json.load(sys.stdin)], sys.stdout)
        """;

    [Fact]
    public async Task Random_urls_are_read_as_sqlalchemy_reads_them()
    {
        string python = Environment.GetEnvironmentVariable("HPO_PYTHON") ?? "/usr/bin/python3";
        Assert.SkipUnless(File.Exists(python), $"There is no Python at {python} to ask.");
        var random = new Random(42);
        string[] urls = [.. Enumerable.Range(0, 3000).Select(_ => RandomUrl(random))];

        string?[]?[] expected = await AskAsync(python, urls);

        int accepted = 0;
        for (int i = 0; i < urls.Length; i++)
        {
            if (!StorageUrl.TryParse(urls[i], out var url)) continue;
            accepted++;
            string?[] actual = [url.User, url.Password, url.Host, url.Port?.ToString(), url.Database];
            expected[i].Should().NotBeNull(urls[i]);
            actual.Should().Equal(expected[i], urls[i]);
        }

        accepted.Should().BeGreaterThan(500, "the comparison is worth nothing where nearly everything is refused");
    }

    private static string RandomUrl(Random random)
    {
        string[] scheme = ["mysql", "mysql+pymysql", "postgresql"];
        string user = Piece("ab:%@"), password = Piece("ab:/%4?+@é#"), host = Piece("hx.-"), port = Piece("123");
        return random.GetItems(scheme, 1)[0] + "://" + random.Next(5) switch
        {
            0 => $"{user}@{host}/d",
            1 => $"{user}:{password}@{host}:{port}/d%20",
            2 => $"{user}:{password}@[::1]:{port}/d/e",
            3 => $"{host}/d",
            _ => $"{user}:{password}@{host}/{Piece("d%2F +")}d",
        };

        string Piece(string alphabet) => new(random.GetItems<char>(alphabet, random.Next(1, 6)));
    }

    private static async Task<string?[]?[]> AskAsync(string python, string[] urls)
    {
        using var process = Process.Start(new ProcessStartInfo(python, ["-c", Oracle])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        await process.StandardInput.WriteAsync(JsonSerializer.Serialize(urls));
        process.StandardInput.Close();
        string answer = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return JsonSerializer.Deserialize<string?[]?[]>(answer)!;
    }
}
