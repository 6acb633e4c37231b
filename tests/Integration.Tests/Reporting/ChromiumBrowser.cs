using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>A headless Chromium of the system. Where there is none, the tests that ask for it skip, and say so.</summary>
public sealed class ChromiumBrowser : IAsyncLifetime
{
    private static readonly string? Executable = new[] { "chromium", "chromium-browser", "google-chrome" }
        .SelectMany(name => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
            .Select(folder => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (Executable is null) return;
        _playwright = await Playwright.CreateAsync();
        // A container's root has no sandbox to start; the pages are our own.
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Executable, Args = ["--no-sandbox"] });
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null) await _browser.DisposeAsync();
        _playwright?.Dispose();
    }

    /// <summary>Opens a file as a page, and waits until its plots are drawn.</summary>
    /// <param name="file">The file.</param>
    /// <param name="width">The window's width in pixels.</param>
    /// <param name="scheme">What the system asks for.</param>
    /// <param name="zone">The reader's time zone; that of this machine where it is null.</param>
    internal async Task<OpenedPage> OpenAsync(string file, int width = 1280, ColorScheme scheme = ColorScheme.Light, string? zone = null)
    {
        Assert.SkipWhen(_browser is null, "Chromium is not installed here (apt-get install chromium).");
        IPage page = await _browser.NewPageAsync(new()
        {
            ViewportSize = new() { Width = width, Height = 900 },
            ColorScheme = scheme,
            TimezoneId = zone,
        });
        var opened = new OpenedPage(page);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        await opened.DrawnAsync();
        return opened;
    }
}
