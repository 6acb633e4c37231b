using System.Collections.Concurrent;
using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>A page in the browser, with everything that it complained of or asked the network for.</summary>
internal sealed class OpenedPage : IAsyncDisposable
{
    private const string VisiblePlots =
        "[...document.querySelectorAll('figure')].filter(figure => !figure.hidden && !figure.querySelector('.plot').hidden)";

    public OpenedPage(IPage page)
    {
        Page = page;
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning") Complaints.Enqueue(message.Text);
        };
        page.PageError += (_, error) => Complaints.Enqueue(error);
        page.Request += (_, request) =>
        {
            if (!request.IsNavigationRequest && !request.Url.StartsWith("data:", StringComparison.Ordinal)) Requests.Enqueue(request.Url);
        };
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the console, and exceptions.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    /// <summary>The addresses that the page asked for, but for itself.</summary>
    public ConcurrentQueue<string> Requests { get; } = new();

    /// <summary>Waits until every visible plot has been drawn; before that, until a page of the dashboard says whether it has its study.</summary>
    public Task DrawnAsync() => Page.WaitForFunctionAsync(
        $"() => document.querySelector('#live')?.textContent !== '' && {VisiblePlots}.every(figure => figure.querySelector('.plot').dataset.drawn)");

    /// <summary>The titles of the figures that hold a painted picture: more than a hundred pixels in more than two colours.</summary>
    public Task<string[]> PaintedPlotsAsync() => Page.EvaluateAsync<string[]>(
        $$"""
        () => {{VisiblePlots}}.filter(figure => {
            const canvas = figure.querySelector('canvas');
            const pixels = new Uint32Array(canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data.buffer);
            const colours = new Set(pixels);
            return colours.size > 2 && pixels.filter(pixel => pixel !== pixels[0]).length > 100;
        }).map(figure => figure.querySelector('h3').textContent)
        """);

    /// <summary>The titles of the figures that say why they are empty, each with the reason.</summary>
    public Task<Dictionary<string, string>> EmptyPlotsAsync() => Page.EvaluateAsync<Dictionary<string, string>>(
        """
        () => Object.fromEntries([...document.querySelectorAll('figure')].filter(figure => !figure.hidden && figure.querySelector('.plot').hidden)
            .map(figure => [figure.querySelector('h3').textContent, figure.querySelector('.empty').textContent]))
        """);

    /// <summary>The names of a plot's series, each with the number of its points.</summary>
    public Task<string> SeriesAsync(string title) => Page.EvaluateAsync<string>(
        """
        title => echarts.getInstanceByDom([...document.querySelectorAll('figure')].find(figure => figure.querySelector('h3').textContent === title).querySelector('.plot'))
            .getOption().series.map(series => `${series.name} ${series.data.length / (ArrayBuffer.isView(series.data) ? series.dimensions.length : 1)}`).join(', ')
        """, title);

    /// <summary>All that is shown: the page's words, the titles that say more, and the data of all plots, which paper shows also where the reader does not look.</summary>
    public Task<string> ShownAsync() => Page.EvaluateAsync<string>(
        """
        () => {
          dispatchEvent(new Event("beforeprint"));
          const plots = [...document.querySelectorAll("figure")].map(figure => [figure.querySelector("figcaption").textContent, figure.querySelector(".plot").ariaLabel,
            echarts.getInstanceByDom(figure.querySelector(".plot"))?.getOption().series.map(({ name, data }) => [name, ArrayBuffer.isView(data) ? [...data] : data])]);
          return JSON.stringify([document.title, document.querySelector("#content").textContent, [...document.querySelectorAll("#content [title]")].map(({ title }) => title), plots]);
        }
        """);

    /// <summary>What axe finds wrong with the page that matters, each with where.</summary>
    public async Task<string[]> SeriousAsync()
    {
        AxeResult result = await Page.RunAxe();
        return [.. result.Violations.Where(violation => violation.Impact is "serious" or "critical")
            .Select(violation => $"{violation.Id}: {violation.Help}: {string.Join("; ", violation.Nodes.Take(3).Select(node => node.Html))}")];
    }

    /// <summary>The text of a file that the page makes.</summary>
    public async Task<string> DownloadedAsync(ILocator button)
    {
        IDownload download = await Page.RunAndWaitForDownloadAsync(() => button.ClickAsync());
        using var reader = new StreamReader(await download.CreateReadStreamAsync());
        return await reader.ReadToEndAsync();
    }

    /// <summary>By how many pixels the page is wider than its window.</summary>
    public Task<int> OverflowAsync() =>
        Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");

    public async ValueTask DisposeAsync() => await Page.CloseAsync();
}
