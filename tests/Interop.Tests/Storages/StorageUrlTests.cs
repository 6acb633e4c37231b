using System.Globalization;
using Hpo.Interop.Storages;

namespace Hpo.Interop.Tests.Storages;

public class StorageUrlTests
{
    [Fact]
    public void A_full_mysql_url_is_taken_apart()
    {
        var url = StorageUrl.Parse("mysql+pymysql://ada:secret@db.example:3307/studies?connect_timeout=5&charset=utf8mb4");

        url.Dialect.Should().Be(StorageDialect.MySql);
        url.DialectName.Should().Be("mysql");
        url.Driver.Should().Be("pymysql");
        url.User.Should().Be("ada");
        url.Password.Should().Be("secret");
        url.Host.Should().Be("db.example");
        url.Port.Should().Be(3307);
        url.Database.Should().Be("studies");
        url.Query.Select(parameter => $"{parameter.Key}:{parameter.Value}").Should().Equal("connect_timeout:5", "charset:utf8mb4");
        url.Location.Should().Be("db.example:3307");
    }

    [Theory]
    [InlineData("mysql://u:p:x/y?z@h:12/d", "u", "p:x/y?z", "h", 12, "d")]
    [InlineData("mysql://u%40x:a%40b%3Ac%2Fd+e@h/d", "u@x", "a@b:c/d+e", "h", null, "d")]
    [InlineData("mysql://u@v:p@h/d", "u@v", "p", "h", null, "d")]
    [InlineData("mysql://u:@h/d", "u", "", "h", null, "d")]
    [InlineData("mysql://u@h/d", "u", null, "h", null, "d")]
    [InlineData("mysql://:p@h/d", "", "p", "h", null, "d")]
    [InlineData("mysql:///d", null, null, null, null, "d")]
    [InlineData("mysql://u:p@[::1]:3306/d", "u", "p", "::1", 3306, "d")]
    [InlineData("mysql://u:100%@h/d", "u", "100%", "h", null, "d")]
    [InlineData("mysql://u:%zz%4@h/d", "u", "%zz%4", "h", null, "d")]
    [InlineData("mysql://u:p%C3%A9@h/d%20b", "u", "pé", "h", null, "d%20b")]
    public void User_and_password_are_decoded_and_the_database_is_not(
        string text, string? user, string? password, string? host, int? port, string database)
    {
        var url = StorageUrl.Parse(text);

        (url.User, url.Password, url.Host, url.Port, url.Database).Should().Be((user, password, host, port, database));
    }

    [Theory]
    [InlineData("", "scheme")]
    [InlineData("   ", "scheme")]
    [InlineData("hpo.db", "scheme")]
    [InlineData("mysql:/u:hunter2@h/d", "scheme")]
    [InlineData(" mysql://u:hunter2@h/d", "scheme")]
    [InlineData("mysql://u:hunter2@h/d\n", "scheme")]
    [InlineData("my-sql://u:hunter2@h/d", "scheme")]
    [InlineData("MySQL://u:hunter2@h/d", "scheme")]
    [InlineData("://u:hunter2@h/d", "scheme")]
    [InlineData("mysql+oracle://u:hunter2@h/d", "driver")]
    [InlineData("mysql://u:hunter2@h:/d", "port")]
    [InlineData("mysql://u:hunter2@h:0/d", "port")]
    [InlineData("mysql://u:hunter2@h:65536/d", "port")]
    [InlineData("mysql://u:hunter2@h:12a/d", "port")]
    [InlineData("mysql://u:hunter2", "port")]
    [InlineData("postgresql://u:hunter2", "port")]
    [InlineData("mysql://u:hunter2@h", "database")]
    [InlineData("mysql://u:hunter2@h/", "database")]
    [InlineData("mysql://u:x@hunter2@h/d", "host")]
    [InlineData("mysql://u/v:hunter2@h/d", "database")]
    [InlineData("postgresql://u:x@hunter2@h/d", "host")]
    [InlineData("mysql://u:hunter2@h/d?sslmode=on", "query")]
    [InlineData("mysql://u:hunter2@h/d?password=hunter2", "query")]
    [InlineData("mysql://u:hunter2@h/d?connect_timeout=soon", "query")]
    [InlineData("mysql://u:hunter2@h/d?connect_timeout=0", "query")]
    [InlineData("mysql://u:hunter2@h/d?ssl_verify_identity=perhaps", "query")]
    [InlineData("mysql://u:hunter2@h/d?charset=utf8mb4&charset=latin1", "query")]
    [InlineData("sqlite://study.db", "host")]
    [InlineData("sqlite+aiosqlite:///study.db", "driver")]
    public void A_wrong_url_is_refused_with_the_part_that_is_wrong_and_without_its_password(string text, string part)
    {
        var parse = () => StorageUrl.Parse(text);

        var error = parse.Should().Throw<StorageUrlException>().Which;
        error.Part.Should().Be(part);
        error.Message.Should().Contain(error.Example).And.Contain("://");
        error.ToString().Should().NotContain("hunter2");
        StorageUrl.TryParse(text, out var url).Should().BeFalse();
        url.Should().BeNull();
    }

    [Fact]
    public void Nothing_is_no_url()
    {
        StorageUrl.TryParse(null, out _).Should().BeFalse();
    }

    [Theory]
    [InlineData("sqlite://")]
    [InlineData("sqlite:///")]
    [InlineData("sqlite:///:memory:")]
    [InlineData("sqlite:///file:shared?mode=memory&cache=shared&uri=true")]
    [InlineData("sqlite:///file::memory:?uri=true")]
    public void A_database_in_memory_is_flagged(string text)
    {
        StorageUrl.Parse(text).IsInMemory.Should().BeTrue();
    }

    [Fact]
    public void A_relative_sqlite_file_is_made_absolute_and_keeps_its_parameters()
    {
        var url = StorageUrl.Parse("sqlite:///runs/../a b.db?timeout=30").ToAbsolute("/data");

        url.SqliteFile.Should().Be("/data/a b.db");
        url.Original.Should().Be("sqlite:////data/a b.db?timeout=30");
        url.IsInMemory.Should().BeFalse();
    }

    [Theory]
    [InlineData("sqlite:////var/study.db")]
    [InlineData("sqlite://")]
    [InlineData("mysql://u:p@h/d")]
    [InlineData("sqlite:///file:study.db?uri=true")]
    public void Any_other_url_stays_as_it_is_when_it_is_made_absolute(string text)
    {
        StorageUrl.Parse(text).ToAbsolute("/data").Original.Should().Be(text);
    }

    [Fact]
    public void An_unknown_dialect_is_accepted_and_masked()
    {
        var url = StorageUrl.Parse("postgresql+psycopg2://ada:hunter2@db:5432/studies?sslmode=require&sslpassword=hunter3");

        url.Dialect.Should().Be(StorageDialect.Other);
        url.Original.Should().Contain("hunter2");
        url.Masked.Should().Be("postgresql+psycopg2://ada:***@db:5432/studies?sslmode=require&sslpassword=***");
    }

    [Fact]
    public void Urls_are_equal_by_what_they_were_parsed_from()
    {
        StorageUrl.Parse("mysql://u:p@h/d").Should().Be(StorageUrl.Parse("mysql://u:p@h/d"))
            .And.NotBe(StorageUrl.Parse("mysql://u:q@h/d"));
    }

    [Fact]
    public void Resolving_prefers_what_is_given()
    {
        StorageUrl.Resolve("sqlite:///mine.db").SqliteFile.Should().Be(Path.GetFullPath("mine.db"));
    }

    [Fact]
    public void Random_passwords_survive_percent_encoding_and_are_never_printed()
    {
        var random = new Random(20240607);
        for (int round = 0; round < 2000; round++)
        {
            string user = RandomText(random), password = "§" + RandomText(random) + "§";
            string text = string.Create(CultureInfo.InvariantCulture,
                $"mysql://{Uri.EscapeDataString(user)}:{Uri.EscapeDataString(password)}@h:{random.Next(1, 65536)}/d");

            var url = StorageUrl.Parse(text);

            url.User.Should().Be(user);
            url.Password.Should().Be(password);
            url.Original.Should().Be(text);
            $"{url} {url.Masked} {url.Location}".Should().NotContain(Uri.EscapeDataString(password)).And.NotContain(password);
            StorageUrl.MaskAll($"failed at {text}: why").Should().EndWith("@h:" + url.Port + "/d: why")
                .And.NotContain(Uri.EscapeDataString(password));
        }
    }

    [Fact]
    public void Random_raw_passwords_are_taken_as_they_are_unless_they_hold_an_escape_or_an_at_sign()
    {
        var random = new Random(7);
        for (int round = 0; round < 2000; round++)
        {
            string password = RandomText(random).Replace("@", "", StringComparison.Ordinal)
                .Replace("%", "", StringComparison.Ordinal);

            StorageUrl.Parse($"mysql://u:{password}@h/d").Password.Should().Be(password);
        }
    }

    [Theory]
    [InlineData("no url at all: a:b@c", "no url at all: a:b@c")]
    [InlineData("(mysql://u:pa@ss@h/d) failed", "(mysql://u:***@h/d) failed")]
    [InlineData("--storage=mysql://u:p/w:x@h/d", "--storage=mysql://u:***@h/d")]
    [InlineData("x://h/d?token=abc&a=1 y://u@v:p@h", "x://h/d?token=***&a=1 y://u@v:***@h")]
    [InlineData("mysql://u@h/d", "mysql://u@h/d")]
    public void Text_is_masked_wherever_it_holds_a_url_with_a_password(string text, string masked)
    {
        StorageUrl.MaskAll(text).Should().Be(masked);
    }

    private static string RandomText(Random random)
    {
        const string Alphabet = "abzAZ09:/@?#[]%+ &=;,'\"\\`$!*()~^<>|{}éß漢🙂.-_";
        string[] runes = [.. Alphabet.EnumerateRunes().Select(rune => rune.ToString())];
        return string.Concat(Enumerable.Range(0, random.Next(1, 20)).Select(_ => runes[random.Next(runes.Length)]));
    }
}
