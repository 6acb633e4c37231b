using Hpo.Integration.Tests.Trainer;
using Hpo.Tests;
using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>What the dashboard shows of files other than pictures and texts.</summary>
public sealed class ArtifactPreviewTests(ChromiumBrowser browser) : IDisposable
{
    private readonly TrainerInFolder _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task A_person_hears_watches_and_sorts_files_in_the_page()
    {
        const string Study =
            """
            import io, json, os, random, sys, wave, optuna
            os.makedirs(sys.argv[2])
            study = optuna.create_study(study_name="files", storage=sys.argv[1])
            study.ask()

            def write(id, name, mimetype, content):
                meta = json.dumps({"artifact_id": id, "filename": name, "mimetype": mimetype, "encoding": None})
                study._storage.set_trial_system_attr(study.trials[0]._trial_id, "artifacts:" + id, meta)
                open(os.path.join(sys.argv[2], id), "wb").write(content)

            sound = io.BytesIO()
            with wave.open(sound, "wb") as file:
                file.setparams((1, 2, 8000, 0, "NONE", ""))
                file.writeframes(bytes(2 * 8000 * 3))
            write("bb-1", "tone.wav", "audio/x-wav", sound.getvalue())
            rows = [{"epoch": i, "loss": [0.5, [float("nan"), None][i > 2], 10.0, -2e-3, None][i], "note": f"<b>{i}</b>"} for i in range(5)]
            write("bb-2", "metrics.jsonl", "application/octet-stream", "\n".join(map(json.dumps, rows)).encode())
            write("bb-0", "other.bin", "application/octet-stream", b"0")
            write("bb-3", "broken.jsonl", "application/octet-stream", b"{}\nno")
            """;
        // What the browser itself records.
        const string Recording =
            """
            async () => {
              const canvas = Object.assign(document.createElement("canvas"), { width: 64, height: 32 });
              const pen = canvas.getContext("2d");
              const recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: "video/webm" });
              const part = new Promise(resolve => { recorder.ondataavailable = ({ data }) => { if (data.size > 0) resolve(data); }; });
              recorder.start();
              const timer = setInterval(() => { pen.fillStyle = `hsl(${performance.now() % 360} 90% 50%)`; pen.fillRect(0, 0, 64, 32); }, 30);
              setTimeout(() => recorder.stop(), 500);
              const bytes = new Uint8Array(await (await part).arrayBuffer());
              clearInterval(timer);
              return btoa(String.fromCharCode(...bytes));
            }
            """;
        string storage = $"sqlite:///{_trainer.File("files.db")}", folder = _trainer.File("artifacts");
        await PythonOracle.RunAsync(Study, storage, folder);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(storage, "--importance", "none", "--artifacts", folder, "--allow-changes");
        await using OpenedPage page = await browser.OpenAsync($"{dashboard.StudyUrl("files")}#trial-0");
        ILocator files = page.Page.Locator(".artifacts li");

        await Button("Show tone.wav").ClickAsync();
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.artifacts audio')?.duration === 3");
        IJSHandle heard = await page.Page.EvaluateHandleAsync(
            """
            () => {
              const heard = document.querySelector(".artifacts audio");
              window.moved = false;
              new MutationObserver(changes => { window.moved ||= changes.some(({ removedNodes }) => [...removedNodes].some(node => node.contains(heard))); })
                .observe(document.querySelector(".artifacts"), { childList: true });
              return heard;
            }
            """);
        byte[] film = Convert.FromBase64String(await page.Page.EvaluateAsync<string>(Recording));
        await Button("Attach a file").ClickAsync();
        await page.Page.Locator("dialog input[type=file]").SetInputFilesAsync(new FilePayload { Name = "clip.webm", MimeType = "video/webm", Buffer = film });
        await Button("Upload").ClickAsync();
        await Button("Show clip.webm").ClickAsync();
        await Button("Remove other.bin").ClickAsync();
        await Button("Remove the file").ClickAsync();
        await files.Filter(new() { HasText = "other.bin" }).WaitForAsync(new() { State = WaitForSelectorState.Detached });
        (await page.Page.EvaluateAsync<bool>("heard => heard.isConnected && !moved", heard)).Should().BeTrue("it is heard while other files come and go");
        await page.Page.WaitForFunctionAsync("() => document.querySelector('.artifacts video')?.videoWidth === 64");

        await Button("Show metrics.jsonl").ClickAsync();
        ILocator table = files.GetByRole(AriaRole.Region, new() { Name = "Table metrics.jsonl" });
        (await RowsAsync()).Should().Equal("0 0.5 <b>0</b>", "1 NaN <b>1</b>", "2 10.0 <b>2</b>", "3 -0.002 <b>3</b>", "4  <b>4</b>");
        await table.GetByRole(AriaRole.Button, new() { Name = "loss" }).ClickAsync();
        (await RowsAsync()).Should().Equal("3 -0.002 <b>3</b>", "0 0.5 <b>0</b>", "2 10.0 <b>2</b>", "1 NaN <b>1</b>", "4  <b>4</b>");
        await table.GetByRole(AriaRole.Button, new() { Name = "loss" }).PressAsync("Enter");
        (await RowsAsync()).Should().Equal("2 10.0 <b>2</b>", "0 0.5 <b>0</b>", "3 -0.002 <b>3</b>", "1 NaN <b>1</b>", "4  <b>4</b>");
        await Button("Show broken.jsonl").ClickAsync();
        await files.Locator(".note", new() { HasText = "Line 2 is no JSON" }).WaitForAsync();
        (await page.SeriousAsync()).Should().BeEmpty();
        (await page.OverflowAsync()).Should().BeLessThanOrEqualTo(0);
        // The browser's own line on the answer that says what is broken.
        page.Complaints.Should().OnlyContain(line => line.Contains("422", StringComparison.Ordinal));

        ILocator Button(string name) => page.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
        Task<string[]> RowsAsync() => table.Locator("tbody").EvaluateAsync<string[]>("body => [...body.rows].map(row => [...row.cells].map(cell => cell.textContent).join(' '))");
    }
}
