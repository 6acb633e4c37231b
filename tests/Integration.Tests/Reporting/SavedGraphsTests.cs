using System.Net;
using System.Text.Json.Nodes;
using Hpo.Integration.Tests.Trainer;
using Hpo.Tests;
using Microsoft.Playwright;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>The graphs that programs save with optuna-dashboard's function are on the study's page.</summary>
public sealed class SavedGraphsTests(ChromiumBrowser browser, DatabaseServer server) : IDisposable
{
    // As save_plotly_graph_object of optuna-dashboard 0.20.0 writes them.
    private const string Save =
        """
        import math, sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)

        def save(study, id, text):
            storage, prefix = study._storage, f"dashboard:plot_data:{id}:"
            count = math.ceil(len(text) / 2045)
            for i in range(count):
                storage.set_study_system_attr(study._study_id, f"{prefix}{i}", text[i * 2045:(i + 1) * 2045])
            for i in range(count, sum(key.startswith(prefix) for key in storage.get_study_system_attrs(study._study_id))):
                storage.set_study_system_attr(study._study_id, f"{prefix}{i}", "")

        """;

    private const string Study = Save +
        """
        import json
        from optuna import visualization
        study = optuna.create_study(study_name="graphs", storage=sys.argv[1], sampler=optuna.samplers.RandomSampler(seed=1))
        def objective(trial):
            return trial.suggest_float("x", -5, 5) ** 2 + trial.suggest_float("y", 0, 3) + (trial.suggest_categorical("k", ["a", "b"]) == "b")
        study.optimize(objective, n_trials=20)
        history = visualization.plot_optimization_history(study)
        history.update_layout(title="<img src=x onerror=\"document.title='hacked'\"><a href=\"javascript:document.title='hacked'\">ü 👍</a> <b>bold</b> <i>i</i> <em>e</em> <sup>2</sup> <s>s</s> <u>u</u>")
        save(study, "history:1", history.to_json())
        save(study, "contour", visualization.plot_contour(study).to_json())
        save(study, "parallel", visualization.plot_parallel_coordinate(study).to_json())
        save(study, "many", json.dumps({"data": [{"type": "scattergl", "mode": "markers", "x": list(range(500)), "y": list(range(500))}], "layout": {"width": 3000}}))
        save(study, "broken", history.to_json()[:3000])
        save(study, "none", "[1]")
        save(study, "number", '{"data": [5]}')
        heat = [[1, 2], [3, 4]]
        save(study, "squares", json.dumps({"data": [{"type": "heatmap", "z": heat}, {"type": "treemap", "labels": ["a", "b"], "parents": ["", "a"], "domain": {"x": [0.5, 1]}}], "layout": {"xaxis": {"domain": [0, 0.4]}}}))
        study._storage.set_study_system_attr(study._study_id, "dashboard:plot_data:no place", "x")
        study._storage.set_study_system_attr(study._study_id, "dashboard:plot_data:five:0", 5)
        optuna.create_study(study_name="plain", storage=sys.argv[1])
        """;

    private readonly TrainerInFolder _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task Saved_graphs_are_drawn_and_follow_what_is_saved()
    {
        await PythonOracle.RunAsync(Study, _trainer.Storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(_trainer.Storage, "--importance", "none");
        await using OpenedPage page = await browser.OpenAsync(dashboard.StudyUrl("graphs"));

        await Drawn("history:1").GetByText("Objective Value").First.WaitForAsync();
        await Drawn("contour").Locator(".contourlines path").First.WaitForAsync();
        await Drawn("many").Locator(".scatterlayer .point").First.WaitForAsync();
        (await Drawn("many").Locator(".scatterlayer .point").CountAsync()).Should().Be(500);
        await Drawn("squares").Locator(".heatmaplayer image").First.WaitForAsync();
        await Drawn("squares").Locator(".treemaplayer path").First.WaitForAsync();
        await Graph("number").GetByText("something else than traces").WaitForAsync();
        await Graph("parallel").GetByText("no traces of the type parcoords").WaitForAsync();
        await Graph("broken").GetByText("it is no JSON").WaitForAsync();
        await Graph("none").GetByText("it has no data").WaitForAsync();
        (await page.Page.Locator("#content section.card h3").AllInnerTextsAsync()).Should().Equal("broken", "contour", "history:1", "many", "none", "number", "parallel", "squares");
        (await page.Page.TitleAsync()).Should().Be("graphs");
        (await page.Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('.saved a')].flatMap(link => [...link.attributes].map(({ value }) => value))"))
            .Should().NotContain(value => value.Contains("javascript", StringComparison.OrdinalIgnoreCase));
        (await page.SeriousAsync()).Should().BeEmpty();
        (await page.OverflowAsync()).Should().BeLessThanOrEqualTo(0);

        await PythonOracle.RunAsync(Save +
            """
            study = optuna.load_study(study_name="graphs", storage=sys.argv[1])
            save(study, "contour", '{"data": [{"type": "bar", "x": ["only"], "y": [2]}], "layout": {"title": {"text": "Anew"}}}')
            """, _trainer.Storage);
        await Drawn("contour").GetByText("Anew").WaitForAsync();
        (await Drawn("contour").Locator(".contourlines path").CountAsync()).Should().Be(0);
        page.Requests.Should().OnlyContain(url => url.StartsWith(dashboard.Url("/"), StringComparison.Ordinal));
        page.Requests.Should().ContainSingle(url => url.Contains("plotly", StringComparison.Ordinal));
        page.Complaints.Should().BeEmpty();
        // Only the styles that Plotly itself sets are allowed.
        (await page.Page.EvaluateAsync<string>("() => { document.body.setAttribute('style', 'color: rgb(1, 2, 3)'); return getComputedStyle(document.body).color; }"))
            .Should().NotBe("rgb(1, 2, 3)");

        ILocator Graph(string id) => page.Page.GetByRole(AriaRole.Region, new() { Name = id, Exact = true });
        ILocator Drawn(string id) => Graph(id).Locator(".saved");
    }

    [Fact]
    public async Task A_page_without_saved_graphs_loads_nothing_that_draws_them()
    {
        await PythonOracle.RunAsync(Study, _trainer.Storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(_trainer.Storage, "--importance", "none");
        await using OpenedPage page = await browser.OpenAsync(dashboard.Url("/"));
        await page.Page.RunAndWaitForResponseAsync(
            () => page.Page.GotoAsync(dashboard.StudyUrl("plain")), response => response.Url.Contains("/api/graphs?", StringComparison.Ordinal));
        await page.DrawnAsync();
        (await page.Page.GetByRole(AriaRole.Heading, new() { Name = "Saved graphs" }).CountAsync()).Should().Be(0);
        page.Requests.Should().NotContain(url => url.Contains("plotly", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Graphs_are_served_whole_and_by_their_study_only()
    {
        server.Require();
        string url = server.Url("graphs");
        await server.ExecuteAsync("CREATE DATABASE graphs CHARACTER SET utf8mb4");
        await PythonOracle.RunAsync(Study, url);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(url, "--importance", "none");
        JsonArray listed = JsonNode.Parse(await dashboard.GetTextAsync("/api/graphs?study=graphs"))!.AsArray();
        listed.Select(graph => graph!["id"]!.GetValue<string>()).Should().Equal("broken", "contour", "history:1", "many", "none", "number", "parallel", "squares");
        listed.Select(graph => graph!["version"]!.GetValue<string>()).Should().OnlyHaveUniqueItems();
        JsonNode figure = JsonNode.Parse(await dashboard.GetTextAsync("/api/graph?study=graphs&id=contour"))!;
        figure["data"]!.AsArray().Count.Should().BeGreaterThan(2);
        (await dashboard.GetTextAsync("/api/graphs?study=plain")).Should().Be("[]");
        foreach (string path in new[] { "/api/graph?study=plain&id=contour", "/api/graph?study=graphs&id=Contour", "/api/graph?study=graphs&id=five", "/api/graph?study=graphs&id=%25", "/api/graphs?study=none" })
        {
            using HttpResponseMessage none = await dashboard.Client.GetAsync(path);
            none.StatusCode.Should().Be(HttpStatusCode.NotFound, path);
        }
    }
}
