using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using Hpo.Integration.Tests.Trainer;
using Hpo.Interop.Reporting.Dashboard;
using Hpo.Interop.Reporting.Dashboard.Artifacts;
using Hpo.Interop.Reporting.Dashboard.Launches;
using Hpo.Interop.Reporting.Snapshots;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables;
using Hpo.Tests;
using Microsoft.Extensions.Time.Testing;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>Clients that send or read slowly, or not at all: they hold up nobody, hold no memory, and come to an end.</summary>
public sealed class SlowClientsTests : IDisposable
{
    private const string Study =
        """
        import sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        study = optuna.create_study(study_name="slow", storage=sys.argv[1])
        study._storage.set_trial_system_attr(study.ask()._trial_id, "artifacts:large", '{"filename": "large.bin", "mimetype": "application/octet-stream", "encoding": null}')
        """;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    private readonly TrainerInFolder _trainer = new();

    private string Storage => $"sqlite:///{_trainer.File("slow.db")}";

    private string Folder => _trainer.File("store");

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task An_upload_that_stalls_after_a_fast_beginning_is_ended_and_leaves_nothing()
    {
        await PrepareAsync();
        var time = new FakeTimeProvider(DateTimeOffset.UtcNow);
        await using DashboardServer server = await DashboardServer.StartAsync(
            StudyTables.Of(StorageUrl.Parse(Storage))!, new IPEndPoint(IPAddress.Loopback, 0), token: null, StudyFindings.None,
            new ArtifactFolder(Folder, 1_000_000_000), new LaunchFolder(_trainer.Path, time), allowChanges: true, _ => { }, time);
        using TcpClient client = await ConnectAsync(server.Address.Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Upload(server.Address.Port, 50_000_000));
        await stream.WriteAsync(new byte[5_000_000]);
        var folder = new DirectoryInfo(Folder);
        SpinWait.SpinUntil(() => folder.EnumerateFiles(".*").Any(file => file.Length == 5_000_000), Timeout).Should().BeTrue("what was sent has come");

        time.Advance(TimeSpan.FromSeconds(29));
        folder.EnumerateFiles(".*").Should().HaveCount(1, "it may go on");
        time.Advance(TimeSpan.FromSeconds(2));

        string answer = await ReadToEndAsync(stream);
        answer.Should().StartWith("HTTP/1.1 408 ").And.Contain("Nothing of the file came for 30 seconds");
        folder.EnumerateFiles(".*").Should().BeEmpty();
    }

    [Fact]
    public async Task Headers_and_bodies_that_come_byte_by_byte_are_ended_while_others_are_served()
    {
        await PrepareAsync();
        await using RunningDashboard dashboard = await StartAsync();
        int port = dashboard.Client.BaseAddress!.Port;
        using TcpClient headers = await ConnectAsync(port), body = await ConnectAsync(port);
        long began = Stopwatch.GetTimestamp();
        Task<string> ofHeaders = DripAsync(headers, "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: "u8.ToArray());
        Task<string> ofBody = DripAsync(body, Upload(port, 1_000_000));

        (await dashboard.GetTextAsync("/api/studies")).Should().Contain("slow");
        (await ofBody).Should().StartWith("HTTP/1.1 408 ");
        (await ofHeaders).Should().StartWith("HTTP/1.1 408 ");
        Stopwatch.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(14), "10 seconds are enough for a request's headers");
        new DirectoryInfo(Folder).EnumerateFiles(".*").Should().BeEmpty();
    }

    [Fact]
    public async Task Two_hundred_readers_that_stall_and_downloads_that_nobody_reads_hold_up_nobody_and_no_memory()
    {
        await PrepareAsync();
        await using (FileStream large = File.Create(Path.Combine(Folder, "large"))) large.SetLength(100_000_000);
        await using RunningDashboard dashboard = await StartAsync();
        int port = dashboard.Client.BaseAddress!.Port;
        await dashboard.SnapshotAsync("slow");
        long before = ResidentBytes(dashboard.ProcessId);
        var stalled = new List<TcpClient>();
        try
        {
            for (int i = 0; i < 230; i++)
            {
                string path = i < 200 ? "/api/versions?name=slow" : "/api/artifact?study=slow&trial=0&id=large";
                TcpClient client = await ConnectAsync(port);
                stalled.Add(client);
                client.ReceiveBufferSize = 4096;
                await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n\r\n"));
                // The beginning of the answer is there, and is all that it ever reads.
                (await client.GetStream().ReadAsync(new byte[12]).AsTask().WaitAsync(Timeout)).Should().BePositive();
            }

            for (int version = 1; version <= 10; version++)
            {
                long began = Stopwatch.GetTimestamp();
                using var note = new HttpRequestMessage(HttpMethod.Post, "/api/changes/note")
                {
                    Content = JsonContent.Create(new { study = "slow", trial = (int?)null, version, body = $"note {version}" }),
                };
                note.Headers.Add("Origin", dashboard.Client.BaseAddress!.GetLeftPart(UriPartial.Authority));
                using HttpResponseMessage written = await dashboard.Client.SendAsync(note);
                written.StatusCode.Should().Be(HttpStatusCode.NoContent);
                while (!(await dashboard.SnapshotAsync("slow")).Contains($"note {version}", StringComparison.Ordinal))
                    Stopwatch.GetElapsedTime(began).Should().BeLessThan(TimeSpan.FromSeconds(10), "others read what is new");
            }
            // All 30 downloads are 3 GB.
            (ResidentBytes(dashboard.ProcessId) - before).Should().BeLessThan(150_000_000);
        }
        finally
        {
            stalled.ForEach(client => client.Dispose());
        }
    }

    private async Task PrepareAsync()
    {
        Directory.CreateDirectory(Folder);
        await PythonOracle.RunAsync(Study, Storage);
    }

    private Task<RunningDashboard> StartAsync() => RunningDashboard.StartAsync(Storage, "--importance", "none", "--artifacts", Folder, "--allow-changes");

    private static async Task<TcpClient> ConnectAsync(int port)
    {
        var client = new TcpClient { NoDelay = true };
        await client.ConnectAsync(IPAddress.Loopback, port);
        return client;
    }

    private static byte[] Upload(int port, long length) => Encoding.ASCII.GetBytes(string.Create(
        CultureInfo.InvariantCulture,
        $"POST /api/changes/artifact/upload?study=slow&trial=0&name=x.bin HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nOrigin: http://127.0.0.1:{port}\r\nContent-Length: {length}\r\n\r\n"));

    /// <summary>Sends a beginning, then ten bytes a second until the server has answered and closed.</summary>
    private static async Task<string> DripAsync(TcpClient client, byte[] beginning)
    {
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(beginning);
        Task<string> answer = ReadToEndAsync(stream);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (!answer.IsCompleted && await timer.WaitForNextTickAsync())
        {
            try
            {
                await stream.WriteAsync("a"u8.ToArray());
            }
            catch (IOException)
            {
                break;
            }
        }
        return await answer;
    }

    /// <summary>What the server sends until it closes, or cuts the connection.</summary>
    private static async Task<string> ReadToEndAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        byte[] part = new byte[4096];
        try
        {
            while (await stream.ReadAsync(part).AsTask().WaitAsync(Timeout) is > 0 and int read) text.Append(Encoding.UTF8.GetString(part, 0, read));
        }
        catch (IOException)
        {
            // It was cut while more was on its way.
        }
        return text.ToString();
    }

    private static long ResidentBytes(int process)
    {
        using var running = Process.GetProcessById(process);
        return running.WorkingSet64;
    }
}
