using System.Diagnostics;
using System.Net;
using System.Text.Json;
using Hpo.Integration.Tests.Trainer;
using Hpo.Interop.Launches;
using Hpo.ParallelLauncher.Results;
using Hpo.Tests;
using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>What the dashboard shows of launches, whom it stops, and what it does not let others do.</summary>
public sealed class LaunchSafetyTests(ChromiumBrowser browser) : IDisposable
{
    private const string Run = "20260101T000000Z-aaaaaa", OtherRun = "20260101T000001Z-bbbbbb";

    // A trial that runs on another host with a hostile name, one whose process is gone, and two that have ended.
    private const string Studies =
        """
        import sys, optuna
        storage, run, host, boot = sys.argv[1:]
        study = optuna.create_study(study_name="owned", storage=storage)
        def take(worker, host, pid, start):
            trial = study.ask()
            owner = {"run": run, "worker": worker, "start": start, "host": host, "boot": boot, "space": "?", "pid": pid, "born": "0"}
            study._storage.set_trial_system_attr(trial._trial_id, "hpo:worker", owner)
            return trial
        study.tell(take(0, host, 1, 0), 1.5)
        study.tell(take(1, host, 2, 0), state=optuna.trial.TrialState.FAIL)
        take(0, "<img src=x onerror=document.title='hacked'>", 1234, 1)
        take(1, host, 2, 0)
        optuna.copy_study(from_study_name="owned", from_storage=storage, to_storage=storage, to_study_name="copy")
        optuna.create_study(study_name="other", storage=storage)
        """;

    private readonly TrainerInFolder _trainer = new();

    private string Runs => _trainer.File("runs");

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task Without_a_run_folder_the_trials_tell_of_their_workers()
    {
        await CreateAsync(boot: "another boot");
        Directory.CreateDirectory(Runs);
        await using RunningDashboard dashboard = await StartAsync();
        await using OpenedPage page = await browser.OpenAsync(dashboard.StudyUrl("owned"));
        ILocator table = page.Page.GetByRole(AriaRole.Region, new() { Name = $"Workers of run {Run}" });
        await table.GetByRole(AriaRole.Row).Nth(2).WaitForAsync();

        string[] rows = [.. await table.Locator("tbody tr").AllInnerTextsAsync()];
        rows[0].Split('\t').Should().Equal("0", "running", "<img src=x onerror=document.title='hacked'>, process 1234", "2", "1", "–", "1", "0", "0", "1.5", "", "");
        rows[1].Should().StartWith("1\tgone\t").And.Contain("\t3\t0\t–\t0\t0\t1\t");
        (await page.Page.TitleAsync()).Should().Be("owned");
        (await page.OverflowAsync()).Should().Be(0);
        (await page.SeriousAsync()).Should().BeEmpty();
        page.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Logs_are_found_by_listing_and_by_nothing_else()
    {
        await CreateAsync();
        Write(Run, "owned", ProcessIdentity.Current);
        Write(OtherRun, "other", ProcessIdentity.Current);
        await File.WriteAllTextAsync(_trainer.File("secret"), "secret\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Log(Run, "0"), "\e[31mred\e[0m <script>\n", TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(Log(OtherRun, "0"), "another study's\n", TestContext.Current.CancellationToken);
        File.CreateSymbolicLink(Log(Run, "1"), _trainer.File("secret"));
        await using RunningDashboard dashboard = await StartAsync();

        using HttpResponseMessage log = await LaunchRequests.LogAsync(dashboard, "owned", Run, "0");
        (await log.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Should().Be("red <script>\n");
        log.Content.Headers.ContentType!.MediaType.Should().Be("text/plain");
        log.Headers.GetValues("Content-Security-Policy").Should().Equal("default-src 'none'; sandbox");
        log.Headers.GetValues("X-Content-Type-Options").Should().Equal("nosniff");
        log.Headers.GetValues("Cross-Origin-Resource-Policy").Should().Equal("same-origin");
        foreach ((string study, string run, string worker) in new[]
        {
            ("owned", Run, "1"), ("owned", Run, "2"), ("owned", Run, "-1"), ("owned", $"../runs/{Run}", "0"), ("owned", $"{Run}/../{OtherRun}", "0"), ("owned", "..", "0"),
            ("owned", $"{Run}/", "0"), ("owned", Path.Combine(Runs, Run), "0"), ("owned", OtherRun, "0"), ("copy", Run, "0"), ("nowhere", Run, "0"), ("owned", "", "0"),
        })
        {
            using HttpResponseMessage none = await LaunchRequests.LogAsync(dashboard, study, run, worker);
            none.StatusCode.Should().Be(HttpStatusCode.NotFound, $"{study} {run} {worker}");
            (await none.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Should().NotContain("secret").And.NotContain("another study's");
        }
        foreach (string worker in new[] { "../0", "0.log", "0/../0", "" })
        {
            using HttpResponseMessage wrong = await LaunchRequests.LogAsync(dashboard, "owned", Run, worker);
            wrong.StatusCode.Should().Be(HttpStatusCode.BadRequest, worker);
        }
        JsonElement launch = JsonDocument.Parse(await dashboard.GetTextAsync("/api/launches?study=owned")).RootElement[0];
        launch.GetProperty("state").GetString().Should().Be("running");
        launch.GetProperty("workers").EnumerateArray().Select(worker => worker.GetProperty("hasLog").GetBoolean()).Should().Equal(true, false);
        JsonDocument.Parse(await dashboard.GetTextAsync("/api/launches?study=copy")).RootElement[0].GetProperty("state").GetString().Should().Be("trials", "the run is not the copy's");
    }

    [Fact]
    public async Task A_launcher_gets_one_signal_and_nobody_else_sends_it()
    {
        await CreateAsync();
        using var launcher = Process.Start(new ProcessStartInfo("sh", ["-c", "trap 'echo term' TERM; echo ready; while :; do sleep 0.05; done"]) { RedirectStandardOutput = true })!;
        try
        {
            (await launcher.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).Should().Be("ready");
            ProcessIdentity identity = ProcessIdentity.Current with { Pid = launcher.Id, Born = BirthOf(launcher.Id) };
            Write(Run, "owned", identity);
            Write(OtherRun, "other", identity with { Born = "0" });
            await using (RunningDashboard reader = await StartAsync())
            {
                (await StatusAsync(reader, "owned", Run)).Should().BeOneOf(HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed);
            }
            await using RunningDashboard dashboard = await StartAsync("--allow-changes");
            foreach (string? origin in new[] { null, "null", "https://evil.example", "http://localhost" })
            {
                using HttpResponseMessage foreign = await LaunchRequests.StopAsync(dashboard, "owned", Run, origin);
                foreign.StatusCode.Should().Be(HttpStatusCode.Forbidden, origin);
            }
            (await StatusAsync(dashboard, "other", Run)).Should().Be(HttpStatusCode.NotFound, "it is another study's");
            (await StatusAsync(dashboard, "owned", $"../runs/{Run}")).Should().Be(HttpStatusCode.NotFound);
            (await StatusAsync(dashboard, "other", OtherRun)).Should().Be(HttpStatusCode.Conflict, "another process has the launcher's id now");

            (await StatusAsync(dashboard, "owned", Run)).Should().Be(HttpStatusCode.NoContent);
            (await StatusAsync(dashboard, "owned", Run)).Should().Be(HttpStatusCode.Conflict, "a second signal would hurry it");
            JsonDocument.Parse(await dashboard.GetTextAsync("/api/launches?study=owned")).RootElement[0].GetProperty("state").GetString().Should().Be("stopping");
            (await launcher.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken)).Should().Be("term");
            dashboard.Messages.Should().ContainSingle(line => line.Contains("changed by", StringComparison.Ordinal))
                .Which.Should().Contain($"run {Run} of study 'owned' stopped");
        }
        finally
        {
            launcher.Kill();
        }
        (await launcher.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken)).Should().BeEmpty("there was one signal");
    }

    [Fact]
    public async Task What_cannot_be_stopped_here_says_what_stops_it()
    {
        await CreateAsync();
        Write(Run, "owned", ProcessIdentity.Current with { Host = "<b>node7</b>" });
        await using RunningDashboard dashboard = await StartAsync("--allow-changes");
        await using OpenedPage page = await browser.OpenAsync(dashboard.StudyUrl("owned"));

        ILocator card = page.Page.Locator(".launch");
        await card.Filter(new() { HasText = "Running, led on <b>node7</b>." }).WaitForAsync();
        (await card.InnerTextAsync()).Should().Contain($"To stop it: ParallelLauncher stop {Run} --log-dir {Runs} on <b>node7</b>");
        (await card.GetByRole(AriaRole.Button, new() { Name = "Stop" }).CountAsync()).Should().Be(0);
        (await StatusAsync(dashboard, "owned", Run)).Should().Be(HttpStatusCode.Conflict);
        (await page.SeriousAsync()).Should().BeEmpty();
    }

    [Fact]
    public async Task A_folder_that_is_not_there_is_refused_where_it_was_named()
    {
        await CreateAsync();
        var refused = await _trainer.RunAsync("dashboard", "--log-dir", "nowhere");
        refused.ExitCode.Should().Be(Hpo.Interop.WorkerExitCode.Usage);
        refused.StandardError.Should().Contain("--log-dir: there is no folder").And.Contain("Name the one");
    }

    private Task CreateAsync(string? boot = null) =>
        PythonOracle.RunAsync(Studies, _trainer.Storage, Run, ProcessIdentity.Current.Host, boot ?? ProcessIdentity.Current.Boot!);

    private Task<RunningDashboard> StartAsync(params string[] options) =>
        RunningDashboard.StartAsync(_trainer.Storage, ["--log-dir", Runs, "--importance", "none", .. options]);

    private string Log(string run, string worker) => Path.Combine(Runs, run, $"worker-{worker}.log");

    // As the launcher itself writes it.
    private void Write(string run, string study, ProcessIdentity launcher)
    {
        Directory.CreateDirectory(Path.Combine(Runs, run));
        File.WriteAllText(new RunPaths(Path.Combine(Runs, run)).RunFile, new RunRecord
        {
            Run = run,
            State = LaunchRecord.Running,
            Launcher = launcher,
            Started = DateTimeOffset.UtcNow,
            Plan = new PlanRecord { Study = study, Storage = _trainer.Storage, TotalTrials = 10 },
            Workers = [.. Enumerable.Range(0, 2).Select(index => new WorkerRecord { Index = index, State = "running", Restarts = 0, Start = 0, DurationSeconds = 1, Log = "" })],
        }.ToJson());
    }

    private static async Task<HttpStatusCode> StatusAsync(RunningDashboard dashboard, string study, string run)
    {
        using HttpResponseMessage response = await LaunchRequests.StopAsync(dashboard, study, run, LaunchRequests.Own(dashboard));
        return response.StatusCode;
    }

    private static string BirthOf(int process)
    {
        string stat = File.ReadAllText($"/proc/{process}/stat");
        return stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19];
    }
}
