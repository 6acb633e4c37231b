using System.CommandLine;
using System.Globalization;
using Hpo.Interop;
using Microsoft.Playwright;

namespace Hpo.Benchmarks;

/// <summary>The dashboard's page of a large study in Chromium: how soon it paints, and what one more trial costs page and server.</summary>
internal static class DashboardBenchmark
{
    public static Command Create()
    {
        Option<int> trials = PositiveOption.Create("--trials", "Trials of the study", 10_000);
        Option<int> values = PositiveOption.Create("--values", "Intermediate values of a trial", 50);
        Option<int> updates = PositiveOption.Create("--updates", "Trials to add, one by one", 10);
        var json = new Option<bool>("--json") { Description = "Write the results as one JSON document" };
        var command = new Command("dashboard", "The dashboard's page of a large study, in Chromium") { trials, values, updates, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = new DashboardReport(parsed.GetValue(json) ? Console.Error : Console.Out);
            await MeasureAsync(report, parsed.GetValue(trials), parsed.GetValue(values), parsed.GetValue(updates), cancellation);
            if (parsed.GetValue(json)) Console.Out.WriteLine(report.ToJson());
        });
        return command;
    }

    private static async Task MeasureAsync(DashboardReport report, int trials, int values, int updates, CancellationToken cancellation)
    {
        string chromium = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, "chromium")).FirstOrDefault(File.Exists)
            ?? throw new BenchmarkException("Chromium is not installed here (apt-get install chromium).", WorkerExitCode.Failure);
        DirectoryInfo folder = Directory.CreateTempSubdirectory("hpo-bench-");
        try
        {
            string file = Path.Combine(folder.FullName, "large.db");
            await StudyAsync("make", file, trials, values, cancellation);
            await using var server = await DashboardProcess.StartAsync($"sqlite:///{file}", cancellation);
            using IPlaywright playwright = await Playwright.CreateAsync();
            // A container's root has no sandbox to start; the page is our own.
            await using IBrowser browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = ["--no-sandbox"] });
            string url = $"{server.Address}study?name=large";
            // The first page makes the server read the study; the second one finds it read.
            await using (DashboardPageProbe first = await DashboardPageProbe.OpenAsync(browser, url)) report.Opened("first", await first.PaintAsync());
            await using DashboardPageProbe page = await DashboardPageProbe.OpenAsync(browser, url);
            report.Opened("second", await page.PaintAsync());
            await page.SettleAsync();
            (double idlePage, TimeSpan idleServer, double longest) = await IdleAsync(page, server, cancellation);
            report.Idle(idlePage, idleServer, longest);
            for (int update = 1; update <= updates; update++)
            {
                (double busy, TimeSpan cpu, double began) = (await page.BusyAsync(), server.Cpu, await page.NowAsync());
                await StudyAsync("add", file, 1, values, cancellation);
                await page.ShowsAsync(trials + update);
                await page.SettleAsync();
                double seconds = (await page.NowAsync() - began) / 1000;
                report.Updated(new DashboardUpdate(
                    await page.BusyAsync() - busy - (idlePage * seconds),
                    (server.Cpu - cpu - (idleServer * seconds)).TotalMilliseconds,
                    await page.AnswerBytesAsync(began),
                    await page.LongestTaskAsync(began),
                    await page.PartsAsync(began)));
            }
            report.WriteSummary();
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <returns>The milliseconds of the page and the server's time in a second without news, and the longest task in it all.</returns>
    private static async Task<(double Page, TimeSpan Server, double Longest)> IdleAsync(DashboardPageProbe page, DashboardProcess server, CancellationToken cancellation)
    {
        const int Seconds = 10;
        (double busy, TimeSpan cpu, double began) = (await page.BusyAsync(), server.Cpu, await page.NowAsync());
        await Task.Delay(TimeSpan.FromSeconds(Seconds), cancellation);
        return ((await page.BusyAsync() - busy) / Seconds, (server.Cpu - cpu) / Seconds, await page.LongestTaskAsync(began));
    }

    private static Task StudyAsync(string action, string file, int trials, int values, CancellationToken cancellation) => TimedProcess.RunAsync(
        PythonLocator.Find().Executable,
        [
            Path.Combine(AppContext.BaseDirectory, "python", "dashboard.py"), action, file,
            trials.ToString(CultureInfo.InvariantCulture), values.ToString(CultureInfo.InvariantCulture),
        ],
        cancellation);
}
