using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>The pages for people who zoom in, print, choose their own colours, want nothing to move, or have no mouse.</summary>
public sealed class AccessTests(ChromiumBrowser browser, ServedStudies served)
    : IClassFixture<ServedStudies>
{
    // A control may lie in a region that scrolls by itself; it must be reachable there, and be hit where it is seen.
    private const string UnusableControls =
        """
        () => [...document.querySelectorAll("#content a, #content button, #content input, #content select, #theme")].flatMap(control => {
            if (control.disabled || control.getClientRects().length === 0) return [];
            control.scrollIntoView({ block: "center", inline: "center" });
            const box = (control.closest("label") ?? control).getBoundingClientRect();
            const own = control.getBoundingClientRect();
            const hit = document.elementFromPoint(own.left + own.width / 2, own.top + own.height / 2);
            const isHit = control.contains(hit) || hit?.contains(control) && hit.tagName === "LABEL";
            const isInside = own.left >= -1 && own.right <= innerWidth + 1 && own.top >= -1 && own.bottom <= innerHeight + 1;
            return isHit && isInside ? [] : [`${control.outerHTML.slice(0, 120)} at ${Math.round(own.left)},${Math.round(own.top)} to ${Math.round(own.right)},${Math.round(own.bottom)}, hit: ${hit?.outerHTML.slice(0, 60)}`];
        })
        """;

    // What would be cut off on paper, or lie above something else.
    private const string Cut =
        """
        () => [...document.querySelectorAll("body *")].flatMap(element => {
            if (element.getClientRects().length === 0 || element.closest(".plot > div + div")) return [];
            const style = getComputedStyle(element);
            const wrong = [];
            if (["sticky", "fixed"].includes(style.position)) wrong.push(style.position);
            if (style.overflowX !== "visible" && element.scrollWidth > element.clientWidth + 1) wrong.push(`cut at the right by ${element.scrollWidth - element.clientWidth}`);
            if (style.overflowY !== "visible" && element.scrollHeight > element.clientHeight + 1) wrong.push(`cut at the bottom by ${element.scrollHeight - element.clientHeight}`);
            const box = element.getBoundingClientRect(), outer = element.closest("figure, .card")?.getBoundingClientRect();
            if (outer && (box.left < outer.left - 1 || box.right > outer.right + 1 || box.bottom > outer.bottom + 1)) wrong.push("beyond its card");
            return wrong.map(what => `${what}: ${element.outerHTML.slice(0, 100)}`);
        })
        """;

    // Notes what each plot is painted with when it is printed, after the page's own scripts have seen to it.
    private const string NotePrinted =
        """
        () => { window.printed = []; addEventListener("beforeprint", () => { window.printed = [...document.querySelectorAll("figure:not([hidden]) .plot:not([hidden])")].map(plot => {
            const text = echarts.getInstanceByDom(plot).getOption().textStyle.color;
            const canvas = plot.querySelector("canvas");
            const isPainted = new Set(new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size > 2;
            return `${isPainted ? "painted" : "empty"} ${text}`;
        }); }); }
        """;

    public static TheoryData<string> Pages => ["list", "study", "trial", "versus", "several", "report", "report's trial", "comparison"];

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task At_twice_the_size_and_at_four_times_nothing_is_wider_than_the_window_and_every_control_is_reached(string name)
    {
        foreach ((int width, int height) in ((int, int)[])[(640, 450), (320, 256)])
        {
            await using OpenedPage page = await OpenAsync(name, width: width, height: height);
            (await page.OverflowAsync()).Should().Be(0, $"{width} pixels");
            (await page.Page.EvaluateAsync<string[]>(UnusableControls)).Should().BeEmpty($"{width} pixels");
            page.Complaints.Should().BeEmpty();
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task On_paper_everything_is_shown_and_nothing_is_cut(string name)
    {
        await using OpenedPage page = await OpenAsync(name);
        string[] plots = await page.PaintedPlotsAsync();
        await page.Page.EmulateMediaAsync(new() { Media = Media.Print });
        await page.Page.SetViewportSizeAsync(718, 1000);
        await page.Page.EvaluateAsync("() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))");
        await page.DrawnAsync();

        (await page.Page.EvaluateAsync<string[]>(Cut)).Should().BeEmpty();
        (await page.OverflowAsync()).Should().Be(0);
        (await page.PaintedPlotsAsync()).Should().BeEquivalentTo(plots);
        (await page.Page.Locator("button:visible, select:visible, input:visible").EvaluateAllAsync<string[]>("all => all.filter(one => !one.closest('thead, td')).map(one => one.outerHTML)"))
            .Should().BeEmpty("paper is not touched");
    }

    [Theory]
    [InlineData("study", ColorScheme.Dark)]
    [InlineData("report", ColorScheme.Dark)]
    [InlineData("report", ColorScheme.Light)]
    [InlineData("comparison", ColorScheme.Dark)]
    public async Task Printed_plots_are_all_painted_in_the_light_colours_and_the_page_is_as_it_was_afterwards(string name, ColorScheme scheme)
    {
        await using OpenedPage page = await OpenAsync(name, scheme);
        string muted = await MutedAsync();
        await page.Page.EvaluateAsync(NotePrinted);

        byte[] paper = await page.Page.PdfAsync(new() { Format = "A4" });

        string[] printed = await page.Page.EvaluateAsync<string[]>("() => window.printed");
        printed.Should().HaveCountGreaterThan(2).And.AllBe("painted #566173");
        System.Text.Encoding.Latin1.GetString(paper).Should().StartWith("%PDF");
        await page.DrawnAsync();
        (await MutedAsync()).Should().Be(muted).And.Be(scheme == ColorScheme.Dark ? "#9eabbc" : "#566173");
        (await page.Page.EvaluateAsync<string>("() => echarts.getInstanceByDom(document.querySelector('figure:not([hidden]) .plot:not([hidden])')).getOption().textStyle.color")).Should().Be(muted);

        Task<string> MutedAsync() => page.Page.EvaluateAsync<string>("() => getComputedStyle(document.documentElement).getPropertyValue('--muted').trim()");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Colours_that_the_system_forces_are_those_of_the_plots_and_states_keep_theirs(ColorScheme scheme)
    {
        await using OpenedPage page = await OpenAsync("report", scheme);
        // What the reader had chosen before would be a card of another colour.
        await page.Page.Locator("#theme").ClickAsync();
        if (scheme == ColorScheme.Light) await page.Page.Locator("#theme").ClickAsync();
        await page.Page.EmulateMediaAsync(new() { ForcedColors = ForcedColors.Active, ColorScheme = scheme });
        await page.DrawnAsync();

        string[] colours = await page.Page.EvaluateAsync<string[]>(
            """
            () => {
                const style = element => getComputedStyle(document.querySelector(element));
                return [style("h3").color, style("figure").backgroundColor, echarts.getInstanceByDom(document.querySelector("figure:not([hidden]) .plot:not([hidden])")).getOption().textStyle.color,
                    getComputedStyle(document.querySelector(".state.complete"), "::before").backgroundColor, style(".state.complete").color];
            }
            """);
        (string text, string card) = scheme == ColorScheme.Light ? ("rgb(0, 0, 0)", "rgb(255, 255, 255)") : ("rgb(255, 255, 255)", "rgb(0, 0, 0)");
        colours.Should().Equal(text, card, text, scheme == ColorScheme.Light ? "rgb(3, 112, 250)" : "rgb(105, 146, 216)", text);
        (await page.Page.Locator("#theme").IsVisibleAsync()).Should().BeFalse("it would change nothing");
        page.Complaints.Should().BeEmpty();
    }

    [Theory]
    [InlineData(ReducedMotion.Reduce)]
    [InlineData(ReducedMotion.NoPreference)]
    public async Task Nothing_moves_for_those_who_do_not_want_it(ReducedMotion motion)
    {
        await using OpenedPage page = await OpenAsync("report");
        await page.Page.EmulateMediaAsync(new() { ReducedMotion = motion });
        // The tip of a point follows the pointer.
        ILocator plot = page.Page.Locator("figure", new() { HasText = "Distribution of values" }).Locator(".plot");
        await plot.ScrollIntoViewIfNeededAsync();
        LocatorBoundingBoxResult box = (await plot.BoundingBoxAsync())!;
        await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2), box.Y + (box.Height / 2));
        await page.Page.Mouse.MoveAsync(box.X + (box.Width / 2) + 5, box.Y + (box.Height / 2));
        ILocator tip = plot.Locator(".tip");
        await tip.WaitForAsync();

        bool moves = await tip.Locator("..").EvaluateAsync<bool>("tip => getComputedStyle(tip).transitionDuration.split(',').some(time => parseFloat(time) > 0)");
        moves.Should().Be(motion == ReducedMotion.NoPreference);
        if (motion == ReducedMotion.Reduce)
            (await page.Page.EvaluateAsync<int>("() => document.getAnimations().length")).Should().Be(0);
    }

    [Fact]
    public async Task The_keyboard_skips_to_the_content_sorts_opens_a_trial_and_comes_back()
    {
        await using OpenedPage page = await OpenAsync("report");
        await page.Page.Keyboard.PressAsync("Tab");
        (await FocusAsync()).Should().Be("Skip to the content");
        await page.Page.Keyboard.PressAsync("Enter");
        (await page.Page.EvaluateAsync<string>("() => document.activeElement.id")).Should().Be("content");

        await TabToAsync("Value");
        foreach (string order in (string[])["ascending", "descending"])
        {
            await page.Page.Keyboard.PressAsync("Enter");
            (await page.Page.Locator("thead th", new() { HasText = "Value" }).GetAttributeAsync("aria-sort")).Should().Be(order);
            (await FocusAsync()).Should().Be("Value", "whoever sorts stays where he was");
        }
        // Backwards lies what scrolls, which the arrows scroll.
        while (await FocusAsync() != "Table of trials") await page.Page.Keyboard.PressAsync("Shift+Tab");
        await page.Page.Keyboard.PressAsync("End");
        await page.Page.WaitForFunctionAsync("() => document.activeElement.scrollTop > 0");

        string number = await page.Page.Locator("tbody th a").First.InnerTextAsync();
        await TabToAsync(number);
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = $"Trial {number}", Exact = true }).WaitForAsync();
        (await page.Page.EvaluateAsync<string>("() => document.activeElement.id")).Should().Be("content", "what it was on has gone");
        await TabToAsync("Next trial");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = $"Trial {int.Parse(number, System.Globalization.CultureInfo.InvariantCulture) + 1}", Exact = true }).WaitForAsync();
        (await FocusAsync()).Should().Be("Next trial", "whoever pages through the trials stays there");
        await TabToAsync("Back to the study", "Shift+Tab");
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = "Trials", Exact = true }).WaitForAsync();
        page.Complaints.Should().BeEmpty();

        Task<string> FocusAsync() => page.Page.EvaluateAsync<string>("() => document.activeElement.ariaLabel ?? document.activeElement.textContent");

        async Task TabToAsync(string name, string key = "Tab")
        {
            for (int presses = 0; await FocusAsync() != name; presses++)
            {
                presses.Should().BeLessThan(150, $"{name} is reached");
                await page.Page.Keyboard.PressAsync(key);
            }
            (await page.Page.EvaluateAsync<string>("() => getComputedStyle(document.activeElement).outlineStyle")).Should().Be("solid", $"the focus on {name} is seen");
        }
    }

    [Fact]
    public async Task Pages_of_a_long_table_are_turned_with_the_keyboard()
    {
        await using OpenedPage page = await OpenAsync("long");
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Next" }).FocusAsync();
        await page.Page.Keyboard.PressAsync("Enter");
        await page.Page.GetByText("Page 2 of 2").WaitForAsync();
        // The last page has no next one.
        (await page.Page.EvaluateAsync<string?>("() => document.activeElement.ariaLabel")).Should().Be("Table of trials");
    }

    [Fact]
    public async Task A_study_that_changes_leaves_the_keyboard_where_it_is()
    {
        await using OpenedPage page = await OpenAsync("study");
        foreach (string button in (string[])["Enqueue a trial", "Number"])
        {
            int before = await page.Page.Locator("tbody tr").CountAsync();
            await page.Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).FocusAsync();
            await served.AddTrialAsync();
            await page.Page.WaitForFunctionAsync("count => document.querySelectorAll('tbody tr').length > count", before);
            (await page.Page.EvaluateAsync<string>("() => document.activeElement.textContent")).Should().Be(button);
        }
    }

    private async Task<OpenedPage> OpenAsync(string name, ColorScheme scheme = ColorScheme.Light, int width = 1280, int height = 900)
    {
        OpenedPage page = await browser.OpenAsync(served.Address(name), width, scheme);
        await page.Page.SetViewportSizeAsync(width, height);
        await page.Page.WaitForFunctionAsync("() => document.querySelector('#content').textContent.length > 50");
        if (name is "study" or "several" or "trial") await page.Page.Locator("#live", new() { HasText = "live" }).WaitForAsync();
        if (name is "study") await page.Page.GetByRole(AriaRole.Button, new() { Name = "Enqueue a trial" }).WaitForAsync();
        await page.DrawnAsync();
        return page;
    }
}
