using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Hpo.Integration.Tests.Reporting.ChromiumBrowser))]

namespace Hpo.Integration.Tests.Reporting;

/// <summary>
/// A headless Chromium of the system, which starts with the first page; each page is a reader's of its own. Where there is none, the
/// tests that ask for it skip, and say so.
/// </summary>
public sealed class ChromiumBrowser : IAsyncDisposable
{
    private static readonly string? Executable = new[] { "chromium", "chromium-browser", "google-chrome" }
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private readonly Lazy<Task<(IPlaywright Playwright, IBrowser Browser)>> _started = new(StartAsync);

    public async ValueTask DisposeAsync()
    {
        if (!_started.IsValueCreated || !_started.Value.IsCompletedSuccessfully) return;
        (IPlaywright playwright, IBrowser browser) = await _started.Value;
        await browser.DisposeAsync();
        playwright.Dispose();
    }

    /// <summary>Opens a file as a page, and waits until its plots are drawn.</summary>
    /// <param name="file">The file.</param>
    /// <param name="width">The window's width in pixels.</param>
    /// <param name="scheme">What the system asks for.</param>
    /// <param name="zone">The reader's time zone; that of this machine where it is null.</param>
    internal async Task<OpenedPage> OpenAsync(string file, int width = 1280, ColorScheme scheme = ColorScheme.Light, string? zone = null)
    {
        Assert.SkipWhen(Executable is null, "Chromium is not installed here (apt-get install chromium).");
        IPage page = await (await _started.Value).Browser.NewPageAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            TimezoneId = zone,
        });
        var opened = new OpenedPage(page);
        try
        {
            await page.GotoAsync(new Uri(file).AbsoluteUri);
            await opened.DrawnAsync();
        }
        catch
        {
            await page.CloseAsync();
            throw;
        }
        return opened;
    }

    private static async Task<(IPlaywright Playwright, IBrowser Browser)> StartAsync()
    {
        IPlaywright playwright = await Playwright.CreateAsync();
        // A container's root has no sandbox to start; the pages are our own.
        return (playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = ["--no-sandbox"] }));
    }
}
