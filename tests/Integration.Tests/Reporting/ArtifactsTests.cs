using System.Net;
using Hpo.Integration.Tests.Trainer;
using Hpo.Tests;
using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>The files of studies and trials in the dashboard: what it shows, takes in and removes, and for whom it does not.</summary>
public sealed class ArtifactsTests(ChromiumBrowser browser) : IDisposable
{
    // What Optuna's upload_artifact writes since 3.3, and hostile attributes beside it.
    private const string Study =
        """
        import base64, json, os, sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        url, folder = sys.argv[1:]
        os.makedirs(folder)
        study = optuna.create_study(study_name="files", storage=url)
        trial = study.ask()
        storage = study._storage

        def write(id, name, mimetype, content=None, encoding=None, key="artifacts:"):
            meta = json.dumps({"artifact_id": id, "filename": name, "mimetype": mimetype, "encoding": encoding})
            storage.set_trial_system_attr(trial._trial_id, key + id, meta)
            if content is not None:
                open(os.path.join(folder, id), "wb").write(content)

        pixel = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR4nGNgYGD4DwABBAEAX+XDSwAAAABJRU5ErkJggg=="
        write("aa-1", "plot.png", "image/png", base64.b64decode(pixel))
        write("aa-2", "table ü \"1\".csv", "text/csv", b"a,b\n1,<script>document.title='hacked'</script>\n")
        write("aa-3", "<img src=x onerror=alert(1)>\r\nX-Injected: 1.html", "text/html\r\nX-Injected: 1", b"<script>document.title='hacked'</script>")
        write("aa-4", "picture.svg", "image/svg+xml", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")
        write("aa-5", "lost.txt", "text/plain")
        write("../outside", "outside.txt", "text/plain")
        write("aa-link", "link.txt", "text/plain")
        os.symlink("/etc/passwd", os.path.join(folder, "aa-link"))
        open(os.path.join(folder, "unlisted"), "w").write("of nobody")
        open(os.path.join(os.path.dirname(folder), "outside"), "w").write("outside")
        storage.set_trial_system_attr(trial._trial_id, "artifacts:aa-6", json.dumps(None))
        storage.set_trial_system_attr(trial._trial_id, "artifacts:aa-7", ["no", "artifact"])
        other = study.ask()
        study.tell(other, 1)
        """;

    private readonly TrainerInFolder _trainer = new();

    private string Storage => $"sqlite:///{_trainer.File("files.db")}";

    private string Folder => _trainer.File("artifacts");

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task A_person_sees_downloads_uploads_and_removes_files_in_the_page()
    {
        await PythonOracle.RunAsync(Study, Storage, Folder);
        await using RunningDashboard dashboard = await StartAsync("--allow-changes");
        await using OpenedPage page = await browser.OpenAsync($"{dashboard.StudyUrl("files")}#trial-0");
        ILocator files = page.Page.Locator(".artifacts li");
        ILocator dialog = page.Page.Locator("dialog");

        await Button("Show plot.png").ClickAsync();
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.artifacts img')?.naturalWidth === 1");
        await Button("Show table ü \"1\".csv").ClickAsync();
        await files.Locator("td", new() { HasText = "<script>document.title='hacked'</script>" }).WaitForAsync();
        (await files.Filter(new() { HasText = "lost.txt" }).GetByRole(AriaRole.Link).CountAsync()).Should().Be(0, "its file is not there");
        (await files.Filter(new() { HasText = "picture.svg" }).GetByRole(AriaRole.Button).AllInnerTextsAsync()).Should().Equal("Remove");
        (await page.SeriousAsync()).Should().BeEmpty();
        (await page.DownloadedAsync(page.Page.GetByRole(AriaRole.Link, new() { Name = "table ü \"1\".csv" }))).Should().StartWith("a,b\n1,<script>");

        await Button("Attach a file").ClickAsync();
        await dialog.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "löss.json", MimeType = "application/json", Buffer = "{\"loss\": 1}"u8.ToArray() });
        await Button("Upload").ClickAsync();
        await files.Filter(new() { HasText = "löss.json" }).WaitForAsync();
        await Button("Show löss.json").ClickAsync();
        await files.Locator("pre", new() { HasText = "{\"loss\": 1}" }).WaitForAsync();
        await Button("Remove plot.png").ClickAsync();
        await Button("Remove the file").ClickAsync();
        await files.Filter(new() { HasText = "plot.png" }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        File.Exists(Path.Combine(Folder, "aa-1")).Should().BeFalse();

        // A trial that has ended takes none, the study does.
        await page.Page.GotoAsync($"{dashboard.StudyUrl("files")}#trial-1");
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = "Trial 1", Exact = true }).WaitForAsync();
        (await Button("Attach a file").CountAsync()).Should().Be(0);
        await page.Page.GotoAsync($"{dashboard.StudyUrl("files")}#study");
        await Button("Attach a file").ClickAsync();
        await dialog.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "notes.txt", MimeType = "", Buffer = "of the study"u8.ToArray() });
        await Button("Upload").ClickAsync();
        await page.Page.Locator(".artifacts li", new() { HasText = "notes.txt" }).WaitForAsync();

        // What Optuna reads.
        string read = await PythonOracle.RunAsync(
            """
            import json, os, sys, optuna
            study = optuna.load_study(study_name="files", storage=sys.argv[1])
            trial = study.trials[0].system_attrs
            found = [json.loads(v) for k, v in {**trial, **study._storage.get_study_system_attrs(study._study_id)}.items()
                     if k.startswith("artifacts:") and isinstance(v, str)]
            for meta in found:
                if meta and meta["filename"] in ("löss.json", "notes.txt"):
                    print(list(meta), meta["filename"], meta["mimetype"], meta["encoding"], open(os.path.join(sys.argv[2], meta["artifact_id"])).read())
            print("artifacts:aa-1" in trial)
            """, Storage, Folder);
        read.Trim().ReplaceLineEndings("\n").Split('\n').Should().BeEquivalentTo(
            "['artifact_id', 'filename', 'mimetype', 'encoding'] löss.json application/json None {\"loss\": 1}",
            "['artifact_id', 'filename', 'mimetype', 'encoding'] notes.txt text/plain None of the study",
            "False");
        page.Complaints.Should().BeEmpty();
        page.Requests.Should().OnlyContain(url => url.StartsWith(dashboard.Url("/"), StringComparison.Ordinal));
        dashboard.Messages.Should().Contain(line => line.Contains("artifact 'notes.txt' of study 'files' uploaded", StringComparison.Ordinal));

        ILocator Button(string name) => page.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
    }

    [Fact]
    public async Task Only_listed_files_are_served_and_none_of_them_acts_in_the_page()
    {
        await PythonOracle.RunAsync(Study, Storage, Folder);
        await using RunningDashboard dashboard = await StartAsync();
        foreach (string id in new[] { "unlisted", "../outside", "..%2Foutside", "aa-link", "aa-5", "aa-6", "aa-7", "/etc/passwd", ".", "..", "AA-1", "" })
        {
            using HttpResponseMessage none = await dashboard.Client.GetAsync($"/api/artifact?study=files&trial=0&id={Uri.EscapeDataString(id)}");
            none.StatusCode.Should().Be(HttpStatusCode.NotFound, id);
        }
        using (HttpResponseMessage elsewhere = await dashboard.Client.GetAsync("/api/artifact?study=files&trial=1&id=aa-1"))
            elsewhere.StatusCode.Should().Be(HttpStatusCode.NotFound, "it is another trial's");

        using HttpResponseMessage page = await dashboard.Client.GetAsync("/api/artifact?study=files&trial=0&id=aa-3");
        page.StatusCode.Should().Be(HttpStatusCode.OK);
        page.Content.Headers.ContentType!.ToString().Should().Be("application/octet-stream");
        page.Content.Headers.ContentDisposition!.DispositionType.Should().Be("attachment");
        page.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        page.Headers.GetValues("Content-Security-Policy").Should().Equal("default-src 'none'; sandbox");
        page.Headers.GetValues("Cross-Origin-Resource-Policy").Should().Equal("same-origin");
        page.Headers.Contains("X-Injected").Should().BeFalse();
        using HttpResponseMessage table = await dashboard.Client.GetAsync("/api/artifact?study=files&trial=0&id=aa-2");
        table.Content.Headers.ContentDisposition!.FileNameStar.Should().Be("table ü \"1\".csv");
        foreach ((string id, string? type) in new[] { ("aa-1", "image/png"), ("aa-2", "application/json"), ("aa-3", null), ("aa-4", null) })
        {
            using HttpResponseMessage preview = await dashboard.Client.GetAsync($"/api/artifact/preview?study=files&trial=0&id={id}");
            (preview.IsSuccessStatusCode ? preview.Content.Headers.ContentType!.MediaType : null).Should().Be(type, id);
        }

        using var renamed = new HttpRequestMessage(HttpMethod.Get, "/api/artifact?study=files&trial=0&id=aa-1");
        renamed.Headers.Host = "evil.example";
        using HttpResponseMessage refused = await dashboard.Client.SendAsync(renamed);
        refused.StatusCode.Should().Be(HttpStatusCode.MisdirectedRequest);
        using HttpResponseMessage closed = await UploadAsync(dashboard, "trial=0&name=x.txt", new StringContent("x"));
        closed.StatusCode.Should().BeOneOf([HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed], "changes are not allowed");
    }

    [Fact]
    public async Task Uploads_of_others_and_too_large_ones_are_refused_and_leave_nothing()
    {
        await PythonOracle.RunAsync(Study, Storage, Folder);
        await using RunningDashboard dashboard = await StartAsync("--allow-changes", "--max-upload", "200KB");
        string[] before = Files();
        foreach (string? origin in new[] { null, "null", "https://evil.example", "http://127.0.0.1:1" })
            (await StatusAsync("trial=0&name=x.txt", new StringContent("x"), origin)).Should().Be(HttpStatusCode.Forbidden, origin);
        (await StatusAsync("trial=7&name=x.txt", new StringContent("x"))).Should().Be(HttpStatusCode.NotFound);
        (await StatusAsync("trial=1&name=x.txt", new StringContent("x"))).Should().Be(HttpStatusCode.Conflict, "it has ended");
        (await StatusAsync("trial=0&name=..%2F", new StringContent("x"))).Should().Be(HttpStatusCode.BadRequest);

        // Declared: it is refused before the first byte, which never comes.
        using (HttpResponseMessage declared = await UploadAsync(dashboard, "trial=0&name=big", new Declared(1_000_000_000), Own(dashboard), expectContinue: true))
        {
            declared.StatusCode.Should().Be(HttpStatusCode.RequestEntityTooLarge);
            (await declared.Content.ReadAsStringAsync()).Should().Contain("at most 200 KB").And.Contain("--max-upload");
        }
        // Undeclared: as soon as it is too large.
        (await StatusAsync("trial=0&name=big", Chunked(300_000), isChunked: true)).Should().Be(HttpStatusCode.RequestEntityTooLarge);
        Files().Should().Equal(before);
        (await dashboard.GetTextAsync("/api/artifacts?study=files&trial=0")).Should().NotContain("big");
        (await StatusAsync("trial=0&name=..%2Fright.bin", new ByteArrayContent(new byte[200_000]))).Should().Be(HttpStatusCode.NoContent);
        (await dashboard.GetTextAsync("/api/artifacts?study=files&trial=0")).Should().Contain("\"name\":\"right.bin\"").And.Contain("\"size\":200000");
        // Without a length, too, only the file's own bytes count.
        (await StatusAsync("trial=0&name=over.bin", Chunked(200_001), isChunked: true)).Should().Be(HttpStatusCode.RequestEntityTooLarge);
        (await StatusAsync("trial=0&name=whole.bin", Chunked(200_000), isChunked: true)).Should().Be(HttpStatusCode.NoContent);
        Files().Should().HaveCount(before.Length + 2);

        static StreamContent Chunked(int length) => new(new MemoryStream(new byte[length]));

        async Task<HttpStatusCode> StatusAsync(string query, HttpContent content, string? origin = "own", bool isChunked = false)
        {
            using HttpResponseMessage response = await UploadAsync(dashboard, query, content, origin == "own" ? Own(dashboard) : origin, isChunked: isChunked);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task A_slow_upload_blocks_nobody_and_one_that_breaks_off_leaves_nothing()
    {
        await PythonOracle.RunAsync(Study, Storage, Folder);
        await using RunningDashboard dashboard = await StartAsync("--allow-changes");
        string[] before = Files();
        var slow = new Paused();
        Task<HttpResponseMessage> upload = UploadAsync(dashboard, "trial=0&name=slow.txt", slow, Own(dashboard));
        await slow.Begun.Task.WaitAsync(TimeSpan.FromSeconds(30));

        using (HttpResponseMessage other = await UploadAsync(dashboard, "trial=0&name=quick.txt", new StringContent("quick"), Own(dashboard)))
            other.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await dashboard.GetTextAsync("/api/artifacts?study=files&trial=0")).Should().Contain("quick.txt").And.NotContain("slow.txt");
        upload.IsCompleted.Should().BeFalse();
        slow.Rest.SetResult();
        using (HttpResponseMessage done = await upload) done.StatusCode.Should().Be(HttpStatusCode.NoContent);
        (await dashboard.GetTextAsync("/api/artifacts?study=files&trial=0")).Should().Contain("slow.txt");

        var broken = new Paused();
        Task<HttpResponseMessage> lost = UploadAsync(dashboard, "trial=0&name=lost-2.txt", broken, Own(dashboard));
        await broken.Begun.Task.WaitAsync(TimeSpan.FromSeconds(30));
        broken.Rest.SetException(new IOException("It breaks off."));
        await FluentActions.Awaiting(() => lost).Should().ThrowAsync<HttpRequestException>();
        SpinWait.SpinUntil(() => Files().Length == before.Length + 2, TimeSpan.FromSeconds(30)).Should().BeTrue("the part that came is removed");
        (await dashboard.GetTextAsync("/api/artifacts?study=files&trial=0")).Should().NotContain("lost-2.txt");
    }

    [Fact]
    public async Task A_folder_that_is_not_there_and_a_size_that_is_none_are_errors()
    {
        await PythonOracle.RunAsync(Study, Storage, Folder);
        (await _trainer.RunAsync("dashboard", "--storage", Storage, "--artifacts", _trainer.File("nowhere"))).StandardError.Should().Contain("there is no folder").And.Contain("FileSystemArtifactStore");
        (await _trainer.RunAsync("dashboard", "--storage", Storage, "--artifacts", Folder, "--max-upload", "much")).StandardError.Should().Contain("must be a size such as 200MB");
    }

    private string[] Files() => [.. Directory.EnumerateFileSystemEntries(Folder).Order(StringComparer.Ordinal)];

    private Task<RunningDashboard> StartAsync(params string[] arguments) =>
        RunningDashboard.StartAsync(Storage, ["--importance", "none", "--artifacts", Folder, .. arguments]);

    private static string Own(RunningDashboard dashboard) => dashboard.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    private static async Task<HttpResponseMessage> UploadAsync(
        RunningDashboard dashboard, string query, HttpContent content, string? origin = null, bool isChunked = false, bool expectContinue = false)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/api/changes/artifact/upload?study=files&{query}") { Content = content };
        if (origin is not null) request.Headers.Add("Origin", origin);
        if (isChunked) request.Headers.TransferEncodingChunked = true;
        if (expectContinue) request.Headers.ExpectContinue = true;
        return await dashboard.Client.SendAsync(request);
    }

    /// <summary>Declares its length, and fails the test that has it sent.</summary>
    private sealed class Declared(long length) : HttpContent
    {
        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => throw new InvalidOperationException("The server asked for the content.");

        protected override bool TryComputeLength(out long computed)
        {
            computed = length;
            return true;
        }
    }

    /// <summary>Sends a beginning, and the rest when it may.</summary>
    private sealed class Paused : HttpContent
    {
        public TaskCompletionSource Begun { get; } = new();

        public TaskCompletionSource Rest { get; } = new();

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync("beginning"u8.ToArray());
            await stream.FlushAsync();
            Begun.SetResult();
            await Rest.Task;
            await stream.WriteAsync("end"u8.ToArray());
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
