using System.Diagnostics;
using System.Globalization;

namespace Hpo.Tests;

/// <summary>
/// A kind of server that tests can run against. Each is a class of its own, and every one of this assembly is found: the
/// tests run against the one that HPO_TEST_SERVER names, else against the first that is installed.
/// </summary>
public abstract class DatabaseServerKind
{
    private const string Variable = "HPO_TEST_SERVER";

    /// <summary>The kind that the tests run against; it may not be installed.</summary>
    public static DatabaseServerKind Chosen { get; } = Choose(Environment.GetEnvironmentVariable(Variable));

    /// <summary>As HPO_TEST_SERVER names it.</summary>
    public abstract string Name { get; }

    /// <summary>What is not installed and how to get it; null where everything is there.</summary>
    public abstract string? Missing { get; }

    /// <summary>Skips the calling test where it is not installed.</summary>
    public void Require() => Assert.SkipWhen(Missing is not null, Missing ?? "");

    /// <summary>Makes a data directory with a user root without a password, for a server that will run with these options.</summary>
    public abstract ProcessStartInfo Installation(string data, IReadOnlyList<string> options);

    /// <summary>Runs the server, with its log on standard error.</summary>
    public ProcessStartInfo Server(string data, IReadOnlyList<string> options) =>
        new(Program, ["--no-defaults", $"--datadir={data}", $"--user={Environment.UserName}", .. OwnOptions, .. options]);

    protected abstract string Program { get; }

    /// <summary>What only this kind of server knows.</summary>
    protected virtual IEnumerable<string> OwnOptions => [];

    protected static string? Find(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Concat(["/usr/sbin", "/usr/local/sbin", "/usr/bin"])
        .Select(folder => Path.Combine(folder, program)).FirstOrDefault(File.Exists);

    private static DatabaseServerKind Choose(string? name)
    {
        DatabaseServerKind[] kinds =
        [
            .. typeof(DatabaseServerKind).Assembly.GetTypes()
                .Where(type => type.IsSubclassOf(typeof(DatabaseServerKind)) && !type.IsAbstract)
                .Select(type => (DatabaseServerKind)Activator.CreateInstance(type)!)
                .OrderBy(kind => kind.Name, StringComparer.Ordinal),
        ];
        if (string.IsNullOrEmpty(name)) return kinds.FirstOrDefault(kind => kind.Missing is null) ?? kinds[0];
        return kinds.FirstOrDefault(kind => kind.Name == name) ?? throw new InvalidOperationException(string.Create(
            CultureInfo.InvariantCulture, $"{Variable} is '{name}', not one of {string.Join(", ", kinds.Select(kind => kind.Name))}."));
    }
}
