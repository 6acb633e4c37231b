using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using CliWrap;
using Hpo.Interop;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>A dashboard on a free port, until it is disposed of.</summary>
internal sealed partial class RunningDashboard : IAsyncDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly TaskCompletionSource<Match> _address = new();
    private readonly CommandTask<CommandResult> _command;

    private RunningDashboard(string[] program, string storage, string[] arguments, string? zone)
    {
        string[] command = [.. program, "--storage", storage, "--port", "0", .. arguments];
        if (zone is not null) command = ["/usr/bin/env", $"TZ={zone}", .. command];
        _command = Programs.Command(command[0], Path.GetTempPath(), command[1..])
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line =>
            {
                if (AddressLine().Match(line) is { Success: true } match) _address.TrySetResult(match);
            }))
            .WithStandardErrorPipe(PipeTarget.ToDelegate(Messages.Enqueue))
            .ExecuteAsync();
    }

    /// <summary>The lines that it wrote to standard error.</summary>
    public ConcurrentQueue<string> Messages { get; } = new();

    /// <summary>A client that keeps cookies, follows no redirections, and is closed with the dashboard.</summary>
    public HttpClient Client { get; } = new(new HttpClientHandler { AllowAutoRedirect = false });

    public int ProcessId => _command.ProcessId;

    /// <summary>The token in the printed link, or null.</summary>
    public string? Token { get; private set; }

    public static Task<RunningDashboard> StartAsync(string storage, params string[] arguments) => StartAsync(storage, arguments, zone: null);

    /// <summary>Starts it in a time zone.</summary>
    public static Task<RunningDashboard> StartInAsync(string zone, string storage, params string[] arguments) =>
        StartAsync(storage, arguments, zone);

    /// <summary>Starts the dashboard that is a program of its own.</summary>
    public static Task<RunningDashboard> StartProgramAsync(string program, string storage, params string[] arguments) =>
        StartAsync(new RunningDashboard([program], storage, arguments, zone: null));

    private static Task<RunningDashboard> StartAsync(string storage, string[] arguments, string? zone) =>
        StartAsync(new RunningDashboard([Programs.Trainer, "dashboard"], storage, arguments, zone));

    private static async Task<RunningDashboard> StartAsync(RunningDashboard dashboard)
    {
        Task<CommandResult> ended = dashboard._command;
        if (await Task.WhenAny(dashboard._address.Task, ended).WaitAsync(Timeout) == ended)
            throw new InvalidOperationException($"The dashboard ended with exit code {(await ended).ExitCode}.");
        Match match = await dashboard._address.Task;
        dashboard.Client.BaseAddress = new Uri($"http://127.0.0.1:{match.Groups["port"].Value}");
        dashboard.Token = match.Groups["token"] is { Success: true, Value: var token } ? token : null;
        return dashboard;
    }

    public string Url(string path) => new Uri(Client.BaseAddress!, path).AbsoluteUri;

    public string StudyUrl(string name) => Url($"/study?name={Uri.EscapeDataString(name)}");

    public Task<string> SnapshotAsync(string name) => GetTextAsync($"/api/study?name={Uri.EscapeDataString(name)}");

    public async Task<string> GetTextAsync(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue("gzip"));
        using HttpResponseMessage response = (await Client.SendAsync(request)).EnsureSuccessStatusCode();
        await using Stream body = await response.Content.ReadAsStreamAsync();
        using var reader = new StreamReader(response.Content.Headers.ContentEncoding.Contains("gzip")
            ? new System.IO.Compression.GZipStream(body, System.IO.Compression.CompressionMode.Decompress)
            : body);
        return await reader.ReadToEndAsync();
    }

    /// <summary>Ends it as Ctrl-C does, also while pages listen.</summary>
    public async ValueTask DisposeAsync()
    {
        long began = Stopwatch.GetTimestamp();
        await Cli.Wrap("kill").WithArguments(["-INT", $"{_command.ProcessId}"]).ExecuteAsync();
        CommandResult result = await _command.Task.WaitAsync(Timeout);
        result.ExitCode.Should().Be(WorkerExitCode.Interrupted, $"it was interrupted {Stopwatch.GetElapsedTime(began)} ago");
        Client.Dispose();
    }

    [GeneratedRegex(@" are at http://[^:]+:(?<port>\d+)/(\?token=(?<token>\w+))?$")]
    private static partial Regex AddressLine();
}
