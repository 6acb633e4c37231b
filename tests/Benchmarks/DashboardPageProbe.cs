using System.Text.Json;
using Microsoft.Playwright;

namespace Hpo.Benchmarks;

/// <param name="FirstPaint">Milliseconds from the navigation to the first text or picture.</param>
/// <param name="FirstRow">Milliseconds to the first row of the table of trials.</param>
/// <param name="Bytes">Size of the server's answers, as it was sent.</param>
/// <param name="LongestTask">The longest task until all plots were drawn.</param>
internal sealed record DashboardPaint(double FirstPaint, double FirstRow, long Bytes, double LongestTask);

/// <summary>The page of a study in Chromium, and what its main thread does.</summary>
internal sealed class DashboardPageProbe : IAsyncDisposable
{
    // Tasks of more than 50 ms, and when the table had its first row.
    private const string Observe =
        """
        window.probe = { tasks: [], firstRow: undefined };
        new PerformanceObserver(list => probe.tasks.push(...list.getEntries().map(({ startTime, duration }) => [startTime, duration])))
          .observe({ type: "longtask", buffered: true });
        new MutationObserver((_, observer) => {
          if (!document.querySelector("#content tbody tr")) return;
          probe.firstRow = performance.now();
          observer.disconnect();
        }).observe(document, { childList: true, subtree: true });
        """;

    private readonly IPage _page;
    private readonly ICDPSession _session;

    private DashboardPageProbe(IPage page, ICDPSession session) => (_page, _session) = (page, session);

    public static async Task<DashboardPageProbe> OpenAsync(IBrowser browser, string url)
    {
        IPage page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 900 } });
        page.SetDefaultTimeout(60_000);
        await page.AddInitScriptAsync(Observe);
        ICDPSession session = await page.Context.NewCDPSessionAsync(page);
        await session.SendAsync("Performance.enable");
        await page.GotoAsync(url);
        return new DashboardPageProbe(page, session);
    }

    /// <summary>Waits until all plots are drawn, and says how soon the page was seen.</summary>
    public async Task<DashboardPaint> PaintAsync()
    {
        await _page.WaitForFunctionAsync(
            "() => probe.firstRow && [...document.querySelectorAll('figure')].filter(figure => !figure.hidden && !figure.querySelector('.plot').hidden).every(figure => figure.querySelector('.plot').dataset.drawn)");
        return new DashboardPaint(
            await _page.EvaluateAsync<double>("() => performance.getEntriesByName('first-contentful-paint')[0].startTime"),
            await _page.EvaluateAsync<double>("() => probe.firstRow"),
            await AnswerBytesAsync(0),
            await LongestTaskAsync(0));
    }

    /// <summary>Waits until the summary counts so many trials.</summary>
    public Task ShowsAsync(int trials) => _page.WaitForFunctionAsync(
        "count => document.querySelector('.tile .value')?.textContent === count.toLocaleString('en')", trials,
        // To ask at every frame, which is the default, would make the page draw frames.
        new() { PollingInterval = 250 });

    /// <summary>Waits for what follows: plots in sight are drawn after a pause.</summary>
    public Task SettleAsync() => _page.WaitForTimeoutAsync(8000);

    /// <summary>The milliseconds that the main thread has been in tasks.</summary>
    public async Task<double> BusyAsync()
    {
        JsonElement? answer = await _session.SendAsync("Performance.getMetrics");
        return 1000 * answer!.Value.GetProperty("metrics").EnumerateArray()
            .Single(metric => metric.GetProperty("name").GetString() == "TaskDuration").GetProperty("value").GetDouble();
    }

    public Task<double> NowAsync() => _page.EvaluateAsync<double>("() => performance.now()");

    /// <summary>The longest task since a moment; 0 where none took more than 50 ms.</summary>
    public Task<double> LongestTaskAsync(double since) => _page.EvaluateAsync<double>(
        "since => Math.max(0, ...probe.tasks.filter(([start]) => start >= since).map(([, duration]) => duration))", since);

    /// <summary>The sizes of the answers with the study since a moment, as they were sent, together.</summary>
    public Task<long> AnswerBytesAsync(double since) => _page.EvaluateAsync<long>(
        "since => performance.getEntriesByType('resource').filter(entry => entry.startTime >= since && /api.(study|shown)[?]/.test(entry.name)).reduce((sum, entry) => sum + entry.encodedBodySize, 0)", since);

    /// <summary>What the page measured of its own work since a moment: milliseconds by name.</summary>
    public Task<Dictionary<string, double>> PartsAsync(double since) => _page.EvaluateAsync<Dictionary<string, double>>(
        """
        since => {
          const parts = {};
          for (const { name, startTime, duration } of performance.getEntriesByType("measure")) {
            if (startTime >= since) parts[name] = (parts[name] ?? 0) + duration;
          }
          return parts;
        }
        """, since);

    public async ValueTask DisposeAsync() => await _page.CloseAsync();
}
