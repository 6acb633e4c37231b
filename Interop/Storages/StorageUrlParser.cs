using System.Globalization;
using System.Text.RegularExpressions;

namespace Hpo.Interop.Storages;

/// <summary>
/// Parses storage URLs by the grammar of <c>sqlalchemy.engine.url</c>, which is not that of RFC 3986: a password may
/// hold raw colons and slashes, and the database's name is not decoded.
/// </summary>
internal static partial class StorageUrlParser
{
    private const string MySqlExample = "mysql://user:password@127.0.0.1:3306/optuna";
    private const string SqliteExample = "sqlite:///study.db (relative) or sqlite:////var/lib/study.db (absolute)";

    private static readonly string[] MySqlDrivers = ["mysqldb", "pymysql"];

    private static readonly string[] MySqlParameters =
    [
        "unix_socket", "charset", "ssl_ca", "ssl_cert", "ssl_key", "ssl_verify_identity", "connect_timeout",
    ];

    [GeneratedRegex(
        """
        \A(?<name>[A-Za-z0-9_]+(?:\+[A-Za-z0-9_]+)?)://
        (?:
            (?<username>[^:/]*)
            (?::(?<password>[^@]*))?
        @)?
        (?:
            (?:\[(?<ipv6host>[^/\?\]]+)\] | (?<host>[^/:\?]+))?
            (?::(?<port>[^/\?]*))?
        )?
        (?:/(?<database>[^\?]*))?
        (?:\?(?<query>.*))?\z
        """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();

    public static StorageUrl Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text)) throw new StorageUrlException("scheme", "it is empty.", SqliteExample);
        if (text.Any(char.IsControl) || text != text.Trim())
        {
            throw new StorageUrlException("scheme", "it has spaces around it or control characters in it.", SqliteExample);
        }

        Match match = Grammar().Match(text);
        if (!match.Success) throw NotAUrl(text);

        string[] name = match.Groups["name"].Value.Split('+');
        StorageDialect dialect = DialectOf(name[0]);
        string example = dialect is StorageDialect.MySql ? MySqlExample
            : dialect is StorageDialect.Sqlite ? SqliteExample
            : $"{name[0]}://user:password@host/database";
        string? host = Optional("host") ?? Optional("ipv6host"), database = Optional("database");
        if (dialect is not StorageDialect.Sqlite) RefuseStrayAt(host, database, example);
        var url = new StorageUrl(text, StorageUrlMask.Apply(text, match))
        {
            DialectName = name[0],
            Dialect = dialect,
            Driver = name.Length > 1 ? name[1] : null,
            User = Optional("username") is { } user ? PercentEncoding.Decode(user) : null,
            Password = Optional("password") is { } password ? PercentEncoding.Decode(password) : null,
            Host = host,
            Port = ReadPort(Optional("port"), example),
            Database = database,
            Query = SplitQuery(Optional("query")),
        };
        if (dialect is StorageDialect.MySql) CheckMySql(url);
        if (dialect is StorageDialect.Sqlite) CheckSqlite(url);
        return url;

        string? Optional(string group) => match.Groups[group] is { Success: true } found ? found.Value : null;
    }

    private static StorageUrlException NotAUrl(string text) =>
        !text.Contains("://", StringComparison.Ordinal)
            ? new("scheme", "it does not begin with a dialect and ://, as in mysql:// or sqlite:///.", SqliteExample)
            : new("scheme", "the part before :// or after the host cannot be read. The dialect is a plain word with " +
                            "an optional driver, and an IPv6 address is in brackets.", MySqlExample);

    private static StorageDialect DialectOf(string name) => name switch
    {
        "sqlite" => StorageDialect.Sqlite,
        "mysql" => StorageDialect.MySql,
        _ when name.Equals("mysql", StringComparison.OrdinalIgnoreCase) =>
            throw new StorageUrlException("scheme", "SQLAlchemy knows the dialect in lower case only.", MySqlExample),
        _ when name.Equals("sqlite", StringComparison.OrdinalIgnoreCase) =>
            throw new StorageUrlException("scheme", "SQLAlchemy knows the dialect in lower case only.", SqliteExample),
        _ => StorageDialect.Other,
    };

    // The rest of a password that was cut at its first @ would otherwise be taken, and printed, as a host's name.
    private static void RefuseStrayAt(string? host, string? database, string example)
    {
        if (host?.Contains('@', StringComparison.Ordinal) == true)
        {
            throw new StorageUrlException("host", "there is a second @ before it. Write an @ in a password as %40.", example);
        }

        if (database?.Contains('@', StringComparison.Ordinal) == true)
        {
            throw new StorageUrlException(
                "database", "there is an @ in it. Write a / or : in a user's name as %2F or %3A.", example);
        }
    }

    private static int? ReadPort(string? port, string example)
    {
        if (port is null) return null;
        bool valid = int.TryParse(port, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                     && number is >= 1 and <= 65535;
        // This part may be the password of a URL that lacks its @, so it is not quoted.
        return valid ? number : throw new StorageUrlException(
            "port", "what follows the host's colon is not a number from 1 to 65535. If it is a password, the @ and the " +
                    "host after it are missing.", example);
    }

    private static void CheckMySql(StorageUrl url)
    {
        if (url.Driver is { } driver && !MySqlDrivers.Contains(driver))
        {
            throw new StorageUrlException("driver", $"the driver '{driver}' is not supported; use mysql:// (mysqldb), " +
                                                    "mysql+mysqldb:// or mysql+pymysql://.", MySqlExample);
        }

        if (string.IsNullOrEmpty(url.Database))
        {
            throw new StorageUrlException("database", "the database's name is missing after the host.", MySqlExample);
        }

        foreach (var (name, count) in url.Query.CountBy(parameter => parameter.Key))
        {
            if (!MySqlParameters.Contains(name))
            {
                throw new StorageUrlException("query", $"the parameter '{name}' is unknown; known are " +
                                                       $"{string.Join(", ", MySqlParameters)}.", MySqlExample);
            }

            if (count > 1)
            {
                throw new StorageUrlException("query", $"the parameter '{name}' is given more than once.", MySqlExample);
            }
        }

        CheckMySqlValues(url);
    }

    private static void CheckMySqlValues(StorageUrl url)
    {
        foreach (var (name, value) in url.Query)
        {
            string? problem = name switch
            {
                "connect_timeout" when !IsSeconds(value) => "must be a number of seconds from 1 to 3600",
                "ssl_verify_identity" when !bool.TryParse(value, out _) => "must be true or false",
                _ => null,
            };
            if (problem is not null)
            {
                throw new StorageUrlException("query", $"{name}={value}: {name} {problem}.", MySqlExample);
            }
        }

        static bool IsSeconds(string value) =>
            int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out int seconds) && seconds is >= 1 and <= 3600;
    }

    private static void CheckSqlite(StorageUrl url)
    {
        if (url.Driver is not (null or "pysqlite"))
        {
            throw new StorageUrlException("driver", $"the driver '{url.Driver}' is not supported; use sqlite://.", SqliteExample);
        }

        if (url.Host is not null || url.User is not null || url.Port is not null)
        {
            throw new StorageUrlException(
                "host", "SQLite has no host: a file's path follows three slashes, an absolute one four.", SqliteExample);
        }
    }

    private static List<KeyValuePair<string, string>> SplitQuery(string? query)
    {
        var parameters = new List<KeyValuePair<string, string>>();
        foreach (string pair in (query ?? "").Split('&'))
        {
            int equals = pair.IndexOf('=', StringComparison.Ordinal);
            // Python's parse_qsl drops parameters without a value.
            if (equals < 0 || equals == pair.Length - 1) continue;
            parameters.Add(new(PercentEncoding.DecodeQuery(pair[..equals]), PercentEncoding.DecodeQuery(pair[(equals + 1)..])));
        }

        return parameters;
    }
}
