using System.CommandLine;
using System.Net;
using System.Net.Sockets;
using Hpo.Interop.Launches;
using Hpo.Interop.Reporting.CommandLine;
using Hpo.Interop.Reporting.Dashboard;
using Hpo.Interop.Reporting.Dashboard.Artifacts;
using Hpo.Interop.Reporting.Dashboard.Launches;
using Hpo.Interop.Reporting.Snapshots;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables;
using Spectre.Console;

namespace Hpo.Interop.Reporting.Commands;

/// <summary>Serves pages that follow the studies of a storage while they run.</summary>
internal static class DashboardCommand
{
    private const string TokenVariable = "HPO_DASHBOARD_TOKEN";
    private const int ShortestToken = 8;

    /// <summary>The command "dashboard".</summary>
    public static Command Create(TimeProvider time)
    {
        var command = new Command("dashboard", "Serve the studies of a storage as pages that follow them while they run");
        AddTo(command, time);
        return command;
    }

    /// <summary>Gives a command the dashboard's options and its action.</summary>
    public static void AddTo(Command command, TimeProvider time)
    {
        Option<string?> storage = StudyTarget.StorageOption();
        Option<int> port = CommonOptions.Checked("--port", "The port to listen on, 0 for any free one", 8080, port => port is >= 0 and <= 65535, "between 0 and 65535");
        Option<IPAddress> address = AddressOption();
        (Option<string> importance, Option<string> terminator) = (FindingOptions.Importance(), FindingOptions.Terminator());
        Option<bool> changes = new("--allow-changes")
        {
            Description = "Let the pages change studies: notes, enqueued trials, failed trials, new, renamed and deleted studies, artifacts, stopped launches; each change is logged",
        };
        Option<DirectoryInfo?> artifacts = new("--artifacts")
        {
            Description = "The folder of the studies' FileSystemArtifactStore, whose files the pages then show",
            HelpName = "folder",
        };
        Option<long> largest = LargestOption();
        Option<DirectoryInfo?> logs = new("--log-dir")
        {
            Description = $"ParallelLauncher's folder of runs, whose workers and logs the pages then show [default: {RunPaths.DefaultLogDirectory}]",
            HelpName = "folder",
        };
        foreach (Option option in (Option[])[storage, port, address, importance, terminator, changes, artifacts, largest, logs]) command.Add(option);
        command.SetAction(async (parsed, cancellation) =>
        {
            var output = CommandOutput.Of(parsed);
            StudyTarget target = StudyTarget.Resolve(null, parsed.GetValue(storage), "");
            target.RequireFile();
            ArtifactFolder? folder = FolderOf(parsed.GetValue(artifacts), parsed.GetValue(largest), parsed.GetValue(changes), time);
            // By the first study of which something is computed: a dashboard without any needs no Python.
            var optuna = new Lazy<OptunaRuntime>(() => OptunaStart.Start(verbose: false));
            IPAddress bind = parsed.GetValue(address)!;
            await RunAsync(
                TablesOf(target.Url), new IPEndPoint(bind, parsed.GetValue(port)), TokenFor(bind),
                FindingOptions.Of(parsed, importance, terminator, () => _ = optuna.Value), folder, LaunchesOf(parsed.GetValue(logs), time), parsed.GetValue(changes), output, time, cancellation);
            return WorkerExitCode.Success;
        });
    }

    /// <exception cref="UserError">It is a storage that only Optuna reads.</exception>
    private static StudyTables TablesOf(StorageUrl url) => StudyTables.Of(url) ?? throw new UserError(
        $"The dashboard reads {StudyTables.Known}, and {url.Masked} is none. 'NativeTrainer report' shows one of its studies.");

    /// <exception cref="UserError">There is no such folder.</exception>
    private static ArtifactFolder? FolderOf(DirectoryInfo? given, long largest, bool allowChanges, TimeProvider time)
    {
        if (given is null) return null;
        if (!given.Exists) throw new UserError($"--artifacts: there is no folder {given.FullName}. Name the one that FileSystemArtifactStore was made with.");
        var folder = new ArtifactFolder(given.FullName, largest);
        if (allowChanges) folder.RemoveForgottenUploads(time.GetUtcNow());
        return folder;
    }

    /// <exception cref="UserError">There is no such folder.</exception>
    private static LaunchFolder LaunchesOf(DirectoryInfo? given, TimeProvider time)
    {
        if (given is { Exists: false }) throw new UserError($"--log-dir: there is no folder {given.FullName}. Name the one that ParallelLauncher puts its runs in.");
        return new LaunchFolder(given?.FullName ?? RunPaths.DefaultLogDirectory, time);
    }

    private static async Task RunAsync(
        StudyTables tables, IPEndPoint endpoint, string? token, StudyFindings findings, ArtifactFolder? artifacts, LaunchFolder launches,
        bool allowChanges, CommandOutput output, TimeProvider time, CancellationToken cancellation)
    {
        try
        {
            // What is wrong with the storage is said here rather than in a page.
            await Task.Run(() => StudyList.Read(tables), cancellation);
        }
        catch (TableException exception)
        {
            throw new UserError($"The studies of {tables.Url.Masked} cannot be read: {exception.Message}", WorkerExitCode.Storage);
        }
        try
        {
            await using DashboardServer server = await DashboardServer.StartAsync(
                tables, endpoint, token, findings, artifacts, launches, allowChanges, output.Messages.WriteLine, time);
            output.Results.WriteLine($"The studies of {tables.Url.Masked} are at {server.Address}{(token is null ? "" : $"?{Access.Parameter}={token}")}");
            output.Messages.WriteLine("Ctrl-C ends it.");
            await Task.Delay(Timeout.Infinite, cancellation);
        }
        catch (Exception exception) when (exception is IOException or SocketException or UnauthorizedAccessException)
        {
            throw new UserError(
                $"It cannot listen on {endpoint}: {exception.Message} Choose another --port or --address.", WorkerExitCode.Environment);
        }
    }

    /// <summary>None on loopback unless one was set; any other address is never without.</summary>
    private static string? TokenFor(IPAddress address)
    {
        if (Environment.GetEnvironmentVariable(TokenVariable) is not { Length: > 0 } token)
            return IPAddress.IsLoopback(address) ? null : Access.NewToken();
        return token.Length >= ShortestToken
            ? token
            : throw new UserError($"{TokenVariable} must have at least {ShortestToken} characters.");
    }

    private static Option<long> LargestOption() => new("--max-upload")
    {
        Description = "The largest file that --allow-changes with --artifacts takes, such as 200MB",
        HelpName = "size",
        DefaultValueFactory = _ => 1_000_000_000,
        CustomParser = result =>
        {
            if (ByteSize.Parse(result.Tokens[0].Value) is { } size) return size;
            result.AddError($"--max-upload must be a size such as 200MB or 1GB, not '{result.Tokens[0].Value}'.");
            return 0;
        },
    };

    private static Option<IPAddress> AddressOption() => new("--address")
    {
        Description = $"The address to listen on; any but a loopback one asks readers for a token, which is printed (or set by {TokenVariable})",
        HelpName = "ip",
        DefaultValueFactory = _ => IPAddress.Loopback,
        CustomParser = result =>
        {
            if (IPAddress.TryParse(result.Tokens[0].Value, out IPAddress? address)) return address;
            result.AddError($"--address must be an IP address, such as 127.0.0.1 or 0.0.0.0, not '{result.Tokens[0].Value}'.");
            return null!;
        },
    };
}
