using System.Globalization;
using CliWrap;
using CliWrap.Buffered;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Scripts;

/// <summary>start-mysql and stop-mysql, run as a user's shell does, on a server directory of their own.</summary>
internal sealed class MySqlScripts : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hpo-mysql-");

    /// <summary>Null where the scripts can start a server; else what is missing.</summary>
    public static string? MissingProgram { get; } =
        !OperatingSystem.IsLinux() ? "the scripts need Linux"
        : DatabaseServerKind.Chosen.Missing is { } missing ? missing
        : !IsInstalled("mariadb", "mysql") ? "neither the client mariadb nor mysql is installed (scripts/setup --mysql installs it)"
        : null;

    public string Home => Path.Combine(_folder.FullName, "server");

    public Task<BufferedCommandResult> StartAsync() => RunAsync("start-mysql", "--data", Home, "--server", DatabaseServerKind.Chosen.Name);

    public Task<BufferedCommandResult> StopAsync() => RunAsync("stop-mysql", "--data", Home);

    public static async Task<BufferedCommandResult> RunAsync(string script, params string[] arguments) =>
        await Script(script, arguments).ExecuteBufferedAsync(TestContext.Current.CancellationToken);

    public static string PathOf(string script) => Path.Combine(Programs.Root, "scripts", script);

    /// <summary>The process id that the running server wrote down.</summary>
    public int ServerId() => int.Parse(File.ReadAllText(Path.Combine(Home, "server.pid")),
        CultureInfo.InvariantCulture);

    /// <summary>Whether a process runs; one that has ended and was not reaped does not.</summary>
    public static bool Runs(int processId)
    {
        string status = $"/proc/{processId}/status";
        return File.Exists(status) && !File.ReadLines(status).Any(line => line.StartsWith("State:\tZ", StringComparison.Ordinal));
    }

    public async ValueTask DisposeAsync()
    {
        // Not under the test's token: the server has to end with a cancelled test too.
        BufferedCommandResult stop = await Script("stop-mysql", "--data", Home).ExecuteBufferedAsync(CancellationToken.None);
        if (stop.ExitCode != 0) throw new InvalidOperationException($"The server in {Home} was left: {stop.StandardError}");
        _folder.Delete(recursive: true);
    }

    private static Command Script(string name, params string[] arguments) =>
        Cli.Wrap(PathOf(name)).WithArguments(arguments).WithValidation(CommandResultValidation.None);

    private static bool IsInstalled(params string[] programs) =>
        ((Environment.GetEnvironmentVariable("PATH") ?? "") + ":/usr/local/sbin:/usr/sbin:/sbin").Split(':')
        .Any(folder => programs.Any(program => File.Exists(Path.Combine(folder, program))));
}
