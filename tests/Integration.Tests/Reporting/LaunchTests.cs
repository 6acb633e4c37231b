using System.Net;
using System.Text.Json;
using CliWrap;
using Hpo.Integration.Tests.Trainer;
using Hpo.Interop;
using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>A real launch, watched and stopped in the dashboard.</summary>
public sealed class LaunchTests(ChromiumBrowser browser) : IDisposable
{
    // The first two trials end at once; those after them last until somebody stops them.
    private const string Worker =
        """
        import os, time, optuna

        study = optuna.load_study(study_name=os.environ["HPO_STUDY"], storage=os.environ["OPTUNA_STORAGE"])

        def objective(trial):
            x = trial.suggest_float("x", 0, 1)
            print(f"\x1b[31mtrial {trial.number}\x1b[0m <script>document.title='hacked'</script>", flush=True)
            if trial.number >= 2:
                time.sleep(1000)
            return x

        study.optimize(objective)
        """;

    private readonly TrainerInFolder _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task A_launch_is_seen_with_its_workers_and_logs_and_stopped_in_the_page()
    {
        await File.WriteAllTextAsync(_trainer.File("worker.py"), Worker, TestContext.Current.CancellationToken);
        var busy = new TaskCompletionSource();
        int trials = 0;
        CommandTask<CommandResult> launcher = Programs.Command(
                Programs.Launcher, _trainer.Path,
                "worker.py", "--num_parallel", "2", "--study", "watched", "--storage", _trainer.Storage, "--direction", "minimize", "--total-trials", "100")
            .WithStandardOutputPipe(PipeTarget.ToDelegate(line =>
            {
                if (line.Contains("<script>", StringComparison.Ordinal) && ++trials == 4) busy.TrySetResult();
            }))
            .ExecuteAsync();
        (await Task.WhenAny(busy.Task, launcher.Task)).Should().Be(busy.Task, "the launch goes on");
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(
            _trainer.Storage, "--log-dir", _trainer.File("runs"), "--allow-changes", "--importance", "none");
        await using OpenedPage page = await browser.OpenAsync(dashboard.StudyUrl("watched"));
        JsonElement launch = JsonDocument.Parse(await dashboard.GetTextAsync("/api/launches?study=watched")).RootElement[0];
        string run = launch.GetProperty("run").GetString()!;
        int[] processes = [.. launch.GetProperty("workers").EnumerateArray().Select(worker => worker.GetProperty("processId").GetInt32()), launcher.ProcessId];

        ILocator table = page.Page.GetByRole(AriaRole.Region, new() { Name = $"Workers of run {run}" });
        await table.GetByRole(AriaRole.Row).Nth(2).WaitForAsync();
        (await table.GetByRole(AriaRole.Columnheader).AllInnerTextsAsync()).Should().Contain(["Worker", "State", "Trial", "Restarts", "Last value", "Log"]);
        (await table.GetByRole(AriaRole.Rowheader).AllInnerTextsAsync()).Should().Equal("0", "1");
        (await table.Locator(".state").AllInnerTextsAsync()).Should().Equal("running", "running");
        (await table.GetByRole(AriaRole.Link).AllInnerTextsAsync()).Should().BeEquivalentTo("2", "3");
        (await page.Page.Locator(".launch").InnerTextAsync()).Should().Contain("2 of 100 trials").And.Contain("Running.");

        ILocator show = page.Page.GetByRole(AriaRole.Button, new() { Name = "Log of worker 0" });
        await show.ClickAsync();
        ILocator log = page.Page.GetByRole(AriaRole.Region, new() { Name = "End of the log of worker 0" });
        await log.Filter(new() { HasText = "<script>document.title='hacked'</script>" }).WaitForAsync();
        (await log.InnerTextAsync()).Should().MatchRegex(@"trial \d <script>").And.NotContain("\e").And.NotContain("[31m");
        // What is shown anew takes the focus from nobody.
        for (int i = 0; i < 2; i++) await page.Page.WaitForResponseAsync(response => response.Url.Contains("/api/launches", StringComparison.Ordinal));
        (await show.EvaluateAsync<bool>("button => button === document.activeElement")).Should().BeTrue();
        (await page.SeriousAsync()).Should().BeEmpty();

        await table.GetByRole(AriaRole.Link, new() { Name = "2" }).ClickAsync();
        await page.Page.GetByText("Lines of the worker's earlier trials may be among these.").WaitForAsync();
        await page.Page.Locator(".log pre", new() { HasText = "trial 2" }).WaitForAsync();
        (await page.SeriousAsync()).Should().BeEmpty();
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "Back to the study" }).ClickAsync();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = $"Stop the launch {run}" }).ClickAsync();
        ILocator dialog = page.Page.Locator("dialog");
        (await page.SeriousAsync()).Should().BeEmpty();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Stop the launch" }).ClickAsync();

        (await launcher).ExitCode.Should().Be(WorkerExitCode.Terminated, "it ended in order");
        await page.Page.Locator(".launch", new() { HasText = "Ended with exit code 143" }).WaitForAsync();
        (await table.Locator(".state").AllInnerTextsAsync()).Should().Equal("stopped", "stopped");
        (await page.Page.TitleAsync()).Should().Be("watched");
        processes.Should().HaveCount(3).And.OnlyContain(process => !Directory.Exists($"/proc/{process}"));
        dashboard.Messages.Should().ContainSingle(line => line.Contains($"run {run} of study 'watched' stopped", StringComparison.Ordinal));
        page.Complaints.Should().BeEmpty();

        using HttpResponseMessage ended = await LaunchRequests.StopAsync(dashboard, "watched", run, LaunchRequests.Own(dashboard));
        ended.StatusCode.Should().Be(HttpStatusCode.Conflict);
        await page.Page.GotoAsync($"{dashboard.StudyUrl("watched")}#trial-0");
        await page.Page.GetByRole(AriaRole.Link, new() { Name = "the end of the log of worker" }).WaitForAsync();
    }
}
