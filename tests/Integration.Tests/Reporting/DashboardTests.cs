using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Text.Json.Nodes;
using CliWrap.Buffered;
using Hpo.Integration.Tests.Trainer;
using Hpo.Interop;
using Hpo.Interop.Reporting.Snapshots;
using Hpo.Interop.Storages;
using Hpo.Tests;
using Microsoft.Playwright;
using Parquet;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>The pages that the command dashboard serves, in a real browser.</summary>
public sealed class DashboardTests(ChromiumBrowser browser, PythonStudies studies, DatabaseServer server)
    : IClassFixture<PythonStudies>, IDisposable
{
    private readonly TrainerInFolder _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task It_tells_of_every_study_what_Optuna_tells()
    {
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(studies.Storage, "--importance", "none");

        foreach (string study in new[] { "empty", "failed", "two objectives", "conditional", "infinite", "many", "odd", "whole both", "named", "table", "retried", PythonStudies.HostileName })
            Comparable(await dashboard.SnapshotAsync(study)).Should().Be(Comparable(Report(studies.Storage, study)), study);
    }

    [Theory]
    [InlineData("UTC")]
    [InlineData("Asia/Tokyo")]
    [InlineData("America/New_York")]
    public async Task Its_times_are_the_moments_of_those_that_Optuna_hands_out_in_the_same_zone(string zone)
    {
        string storage = $"sqlite:///{_trainer.File("times.db")}";
        string handedOut = await PythonOracle.RunAsync(
            """
            import os, sys, time
            os.environ["TZ"] = sys.argv[1]
            time.tzset()
            import json, optuna
            from datetime import datetime
            study = optuna.create_study(study_name="times", storage=sys.argv[2])
            trial = optuna.trial.create_trial(value=1.0)
            trial.datetime_start, trial.datetime_complete = datetime(2026, 3, 8, 1, 30), datetime(2026, 3, 8, 3, 30)
            study.add_trial(trial)
            study.optimize(lambda trial: 1.0, n_trials=1)
            moments = [moment for trial in study.trials for moment in (trial.datetime_start, trial.datetime_complete)]
            print(json.dumps([moment.timestamp() * 1000 for moment in moments]))
            """,
            zone, storage);

        await using RunningDashboard dashboard = await RunningDashboard.StartInAsync(zone, storage, "--importance", "none");
        JsonNode snapshot = JsonNode.Parse(await dashboard.SnapshotAsync("times"))!;

        double[] told = [.. snapshot["trials"]!.AsArray().SelectMany(trial => new[] { trial!["start"]!, trial["end"]! }).Select(time => time.GetValue<double>())];
        double[] expected = JsonSerializer.Deserialize<double[]>(handedOut)!;
        told.Should().HaveCount(4).And.Equal(expected, (one, other) => Math.Abs(one - other) < 1);
        // The page reckons a running trial's time with the moment that the snapshot was taken.
        (snapshot["takenAt"]!.GetValue<double>() - told[^1]).Should().BeInRange(0, TimeSpan.FromMinutes(10).TotalMilliseconds);
        JsonNode list = JsonNode.Parse(await dashboard.GetTextAsync("/api/studies"))!;
        list["studies"]![0]!["active"]!.GetValue<double>().Should().Be(told.Max());
    }

    [Theory]
    [InlineData("conditional")]
    [InlineData("infinite")]
    [InlineData("two objectives")]
    [InlineData("odd")]
    public async Task All_trials_are_saved_as_a_Parquet_file(string study)
    {
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(studies.Storage, "--importance", "none");
        await using OpenedPage page = await browser.OpenAsync(dashboard.StudyUrl(study));
        IDownload download = await page.Page.RunAndWaitForDownloadAsync(() => page.Page.GetByRole(AriaRole.Link, new() { Name = "All as Parquet" }).ClickAsync());
        download.SuggestedFilename.Should().Be($"{study}.parquet");

        StudyContents contents = StudyContents.Read(StorageUrl.Parse(studies.Storage), study);
        var expected = TrialsTable.From(contents.Trials, contents.Directions.Count);
        await using Stream file = File.OpenRead(await download.PathAsync());
        await using ParquetReader reader = await ParquetReader.CreateAsync(file);
        reader.Schema.DataFields.Select(field => field.Name).Should().Equal(expected.Columns.Select(column => column.Name));
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        group.RowCount.Should().Be(contents.Trials.Count);
        string value = contents.Directions.Count == 1 ? "value" : "values_1";
        var values = new double?[group.RowCount];
        await group.ReadAsync<double>(reader.Schema.DataFields.Single(field => field.Name == value), values);
        values.Should().Equal(contents.Trials.Select(trial => trial.Values is { Count: > 0 } own ? own[^1] : (double?)null));
        page.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task A_Parquet_file_of_no_trials_or_no_study_is_refused_with_the_reason()
    {
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(studies.Storage, "--importance", "none");
        foreach ((string study, string reason) in new[] { ("empty", "The study has no trials yet"), ("nobody's", "There is no study 'nobody's'.") })
        {
            using HttpResponseMessage answer = await dashboard.Client.GetAsync($"/api/trials.parquet?study={Uri.EscapeDataString(study)}");
            answer.StatusCode.Should().Be(HttpStatusCode.NotFound);
            (await answer.Content.ReadAsStringAsync()).Should().StartWith(reason);
        }
    }

    [Theory]
    [InlineData("whole minimized", 7)]
    [InlineData("whole maximized", 1)]
    [InlineData("partly infeasible minimized", 7)]
    [InlineData("partly infeasible maximized", 1)]
    [InlineData("infeasible minimized", null)]
    [InlineData("infeasible maximized", null)]
    public async Task Every_command_names_the_same_best_trial_under_constraints(string study, int? best)
    {
        double[] values = [double.PositiveInfinity, 5, 4, 3, 2, 1, 0, double.NegativeInfinity];
        string[] expected = best is { } number ? [$"{number}"] : [];
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(studies.Storage, "--importance", "none");

        Numbers(JsonNode.Parse(await dashboard.SnapshotAsync(study))!["best"]!).Should().Equal(expected);
        Numbers(JsonNode.Parse(Report(studies.Storage, study))!["best"]!).Should().Equal(expected);
        JsonElement results = await _trainer.JsonAsync("results", "--storage", studies.Storage, "--study", study);
        results.GetProperty("best").EnumerateArray().Select(trial => $"{trial.GetProperty("number")}").Should().Equal(expected);
        JsonElement compared = await _trainer.JsonAsync("compare", "--storage", studies.Storage, "--studies", $"{study},{Twin(study)}");
        compared.GetProperty("studies")[0].GetProperty("best").Should().Match<JsonElement>(
            found => best == null ? found.ValueKind == JsonValueKind.Null : found.GetProperty("number").GetInt32() == best);
        JsonNode listed = JsonNode.Parse(await dashboard.GetTextAsync("/api/studies"))!["studies"]!.AsArray().Single(known => known!["name"]!.GetValue<string>() == study)!;
        (listed["best"]?.ToString()).Should().Be(best is { } index ? double.IsFinite(values[index]) ? $"{values[index]}" : "-Infinity" : null);

        static IEnumerable<string> Numbers(JsonNode list) => list.AsArray().Select(item => item!.ToString());

        // A study to compare with, which seeks the same.
        static string Twin(string study) => study.EndsWith("minimized", StringComparison.Ordinal) ? "infinite" : study == "whole maximized" ? "infeasible maximized" : "whole maximized";
    }

    [Fact]
    public async Task A_snapshot_is_compressed_for_those_who_ask_for_it()
    {
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(studies.Storage, "--importance", "none");
        foreach ((string? accepted, bool isGzip) in new[] { (null, false), ("identity", false), ("gzip;q=0", false), ("gzip", true) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/study?name=odd");
            if (accepted is not null) request.Headers.Add("Accept-Encoding", accepted);
            using HttpResponseMessage answer = await dashboard.Client.SendAsync(request, TestContext.Current.CancellationToken);
            answer.Content.Headers.ContentEncoding.Should().Equal(isGzip ? ["gzip"] : Array.Empty<string>(), accepted ?? "nothing");
            answer.Headers.Vary.Should().Contain("Accept-Encoding");
            if (!isGzip) (await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Should().StartWith("{\"name\":\"odd\"");
        }
    }

    [Fact]
    public async Task A_study_in_MySQL_is_read_as_Optuna_reads_it_while_it_grows()
    {
        server.Require();
        string url = server.Url("dashboard");
        await server.ExecuteAsync("CREATE DATABASE dashboard CHARACTER SET utf8mb4");
        const string Study =
            """
            import sys, optuna
            study = optuna.create_study(study_name="grows", storage=sys.argv[1], direction="maximize", load_if_exists=True)
            def objective(trial):
                for step in range(3):
                    trial.report(float("inf") if step == 1 else step, step)
                trial.set_user_attr("text", {"a": [1, None, float("nan")]})
                return trial.suggest_int("n", 1, 9) + trial.suggest_float("x", 1e-3, 1, log=True) + trial.suggest_categorical("c", [0.5, 1.5])
            study.optimize(objective, n_trials=3)
            study.ask().suggest_int("n", 1, 9)
            study.enqueue_trial({"n": 2})
            """;
        await PythonOracle.RunAsync(Study, url);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(url, "--importance", "none");
        string first = Comparable(await dashboard.SnapshotAsync("grows"));
        first.Should().Be(Comparable(Report(url, "grows")));

        await PythonOracle.RunAsync(Study, url);
        await PythonOracle.RunAsync("import sys, optuna; optuna.load_study(study_name='grows', storage=sys.argv[1]).tell(3, 8.5)", url);

        Comparable(await dashboard.SnapshotAsync("grows")).Should().NotBe(first)
            .And.Be(Comparable(Report(url, "grows")));
    }

    [Fact]
    public async Task The_list_leads_to_each_study_and_a_hostile_name_is_text()
    {
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(studies.Storage, "--importance", "none");
        await using OpenedPage page = await browser.OpenAsync(dashboard.Url("/"), 390);
        ILocator links = page.Page.Locator("tbody a");
        await links.First.WaitForAsync();
        (await links.AllInnerTextsAsync()).Should().Contain(["empty", "many", PythonStudies.HostileName]);
        (await page.OverflowAsync()).Should().Be(0);

        await links.GetByText(PythonStudies.HostileName, new() { Exact = true }).ClickAsync();

        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('#content tbody tr').length === 13");
        (await page.Page.Locator("h1").InnerTextAsync()).Should().Be(PythonStudies.HostileName);
        (await page.Page.TitleAsync()).Should().Be(PythonStudies.HostileName);
        (await page.OverflowAsync()).Should().Be(0);
        page.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task The_list_is_searched_and_sorted_and_studies_picked_in_it_are_compared()
    {
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(studies.Storage, "--importance", "none");
        await using OpenedPage page = await browser.OpenAsync(dashboard.Url("/"));
        ILocator names = page.Page.Locator("tbody th"), compare = page.Page.GetByRole(AriaRole.Button, new() { Name = "Compare" });
        await names.First.WaitForAsync();
        (await page.Page.Locator("tr", new() { HasText = "named" }).First.InnerTextAsync()).Should().Contain("minimize loss, maximize speed");
        (await page.SeriousAsync()).Should().BeEmpty();

        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Trials" }).ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Trials" }).ClickAsync();
        (await names.First.InnerTextAsync()).Should().Be("many");
        await page.Page.GetByLabel("Search studies").FillAsync("WHOLE");
        (await names.AllInnerTextsAsync()).Should().BeEquivalentTo("whole minimized", "whole maximized", "whole both");

        await page.Page.GetByLabel("Pick whole minimized").CheckAsync();
        await page.Page.GetByLabel("Pick whole maximized").CheckAsync();
        (await compare.IsDisabledAsync()).Should().BeTrue("they seek opposite things");
        await page.Page.GetByLabel("Pick whole maximized").UncheckAsync();
        await page.Page.GetByLabel("Search studies").FillAsync("one differs");
        await page.Page.GetByLabel("Pick one differs").CheckAsync();
        await compare.ClickAsync();
        await page.Page.GetByRole(AriaRole.Heading, new() { Name = "Best value by trial" }).WaitForAsync();
        await page.DrawnAsync();
        (await page.PaintedPlotsAsync()).Should().HaveCount(3);
        (await page.Page.Locator("tbody th").AllInnerTextsAsync()).Should().BeEquivalentTo("whole minimized", "one differs");
        await page.Page.GotoAsync(dashboard.Url("/compare?name=named&name=empty"));
        await page.Page.Locator("#live", new() { HasText = "has 2 objectives" }).WaitForAsync();
        page.Complaints.Should().BeEmpty();
    }

    [Fact]
    public async Task Beyond_loopback_nobody_reads_without_the_token()
    {
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(studies.Storage, "--address", "0.0.0.0", "--importance", "none");
        dashboard.Token.Should().NotBeNull().And.MatchRegex("^[0-9a-f]{32}$");

        foreach (string path in new[] { "/", "/api/studies", "/api/study?name=empty", "/page.js", "/?token=wrong" })
            (await StatusAsync(path, null)).Should().Be(HttpStatusCode.Unauthorized, path);
        (await StatusAsync("/api/studies", "wrong")).Should().Be(HttpStatusCode.Unauthorized);
        (await StatusAsync("/api/studies", dashboard.Token)).Should().Be(HttpStatusCode.OK);

        using HttpResponseMessage link = await dashboard.Client.GetAsync($"/study?name=empty&token={dashboard.Token}");
        link.StatusCode.Should().Be(HttpStatusCode.Redirect);
        link.Headers.Location!.OriginalString.Should().Be("/study?name=empty", "the token leaves the address line");
        (await StatusAsync("/api/studies", null)).Should().Be(HttpStatusCode.OK, "the cookie keeps it");

        async Task<HttpStatusCode> StatusAsync(string path, string? bearer)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (bearer is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", bearer);
            using HttpResponseMessage response = await dashboard.Client.SendAsync(request);
            return response.StatusCode;
        }
    }

    [Fact]
    public async Task On_loopback_another_sites_name_is_refused_and_other_sites_cannot_read()
    {
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(studies.Storage, "--importance", "none");
        using var foreign = new HttpRequestMessage(HttpMethod.Get, "/api/studies") { Headers = { Host = "evil.example" } };
        using HttpResponseMessage refused = await dashboard.Client.SendAsync(foreign);
        refused.StatusCode.Should().Be(HttpStatusCode.MisdirectedRequest);

        using HttpResponseMessage answer = await dashboard.Client.GetAsync("/api/studies");
        answer.StatusCode.Should().Be(HttpStatusCode.OK);
        answer.Headers.Contains("Access-Control-Allow-Origin").Should().BeFalse();
        answer.Headers.GetValues("Content-Security-Policy").Single().Should().Contain("default-src 'none'").And.NotContainAny("unsafe-inline", "unsafe-eval", "*");
        (await dashboard.Client.GetAsync("/api/study?name=nowhere")).StatusCode.Should().Be(HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData(WorkerExitCode.Storage, "no storage file", "sqlite:///nowhere.db")]
    [InlineData(WorkerExitCode.Storage, "cannot be read", "sqlite:///other.db")]
    [InlineData(WorkerExitCode.Usage, "is none. 'NativeTrainer report' shows", "postgresql://localhost/x")]
    [InlineData(WorkerExitCode.Usage, "--address must be an IP address", "sqlite:///other.db", "--address", "everywhere")]
    [InlineData(WorkerExitCode.Usage, "--port must be between 0 and 65535", "sqlite:///other.db", "--port", "70000")]
    public async Task Wrong_input_is_refused_with_its_remedy(int exitCode, string message, string storage, params string[] options)
    {
        await File.WriteAllTextAsync(_trainer.File("other.db"), "", TestContext.Current.CancellationToken);
        BufferedCommandResult refused = await _trainer.RunAsync(["dashboard", "--storage", storage, .. options]);
        refused.ExitCode.Should().Be(exitCode, refused.StandardError);
        refused.StandardError.Should().Contain(message).And.NotContain("   at ");
    }

    [Fact]
    public async Task A_port_that_is_taken_is_named()
    {
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(studies.Storage);
        string port = $"{dashboard.Client.BaseAddress!.Port}";
        BufferedCommandResult refused = await _trainer.RunAsync("dashboard", "--storage", studies.Storage, "--port", port);
        refused.ExitCode.Should().Be(WorkerExitCode.Environment);
        refused.StandardError.Should().Contain(port).And.Contain("Choose another --port").And.NotContain("   at ");
    }

    // What Optuna itself reads.
    private static string Report(string storage, string study)
    {
        using Study loaded = Study.Load(study, Storage.FromUrl(storage));
        return SnapshotJson.Write(new SnapshotReader(StudyFindings.None, TimeProvider.System).Read(StudyContents.Of(loaded), StorageUrl.Parse(storage).Masked));
    }

    // All but the moment, and the importances, which the dashboard has a little later. The order in which Optuna's queries
    // give parameters and attributes is the database's choice.
    private static string Comparable(string snapshot)
    {
        JsonObject document = JsonNode.Parse(snapshot)!.AsObject();
        document.Remove("takenAt").Should().BeTrue();
        document.Remove("importance").Should().BeTrue();
        JsonNode[] parameters = [.. document["parameters"]!.AsArray().Select(parameter => parameter!)];
        int[] order = [.. Enumerable.Range(0, parameters.Length).OrderBy(i => parameters[i]["name"]!.GetValue<string>(), StringComparer.Ordinal)];
        document["parameters"] = InOrder(document["parameters"]!);
        document["userAttrs"] = Sorted(document["userAttrs"]!);
        foreach (JsonNode? trial in document["trials"]!.AsArray())
        {
            trial!["params"] = InOrder(trial["params"]!);
            if (trial["attrs"] is { } attrs) trial["attrs"] = Sorted(attrs);
            if (trial["system"] is { } system) trial["system"] = Sorted(system);
        }
        return document.ToJsonString(new JsonSerializerOptions { WriteIndented = true });

        static JsonObject Sorted(JsonNode map) =>
            new(map.AsObject().OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => KeyValuePair.Create(pair.Key, pair.Value?.DeepClone())));

        JsonArray InOrder(JsonNode list) => [.. order.Select(i => list[i]?.DeepClone())];
    }
}
