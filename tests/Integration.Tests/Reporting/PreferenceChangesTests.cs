using System.Globalization;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Hpo.Integration.Tests.Trainer;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>What the dashboard takes for an answer in a preferential study, what it refuses, and from whom.</summary>
public sealed class PreferenceChangesTests(DatabaseServer server) : IDisposable
{
    private readonly TrainerInFolder _trainer = new();

    private string Storage => $"sqlite:///{_trainer.File("liked.db")}";

    public void Dispose() => _trainer.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Of_several_answers_to_the_same_question_one_counts(bool isOnServer)
    {
        string storage = Storage;
        if (isOnServer)
        {
            server.Require();
            storage = server.Url("preferences");
            await server.ExecuteAsync("CREATE DATABASE preferences CHARACTER SET utf8mb4");
        }
        await PreferentialStudy.CreateAsync(storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(storage, "--importance", "none", "--allow-changes");
        await using RunningDashboard other = await RunningDashboard.StartAsync(storage, "--importance", "none", "--allow-changes");

        (HttpStatusCode Status, string Answer)[] answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(person =>
            PreferentialStudy.ChooseAsync(person % 2 == 0 ? dashboard : other, person % 4, 0, 1, 2, 3)));

        answers.Count(answer => answer.Status == HttpStatusCode.NoContent).Should().Be(1);
        answers.Where(answer => answer.Status != HttpStatusCode.NoContent).Should().OnlyContain(answer =>
            answer.Status == HttpStatusCode.Conflict && answer.Answer.Contains("was chosen as worse than another one meanwhile. Nothing was saved"));
        string[] read = await PreferentialStudy.ReadAsync(storage);
        read.Should().ContainSingle(line => line.StartsWith("history", StringComparison.Ordinal))
            .Which.Should().EndWith("False");
        read.Single(line => line.StartsWith("preferences", StringComparison.Ordinal)).Count(letter => letter == '(').Should().Be(3);
        read.Should().Contain("trials [('COMPLETE', [0.0], True), ('COMPLETE', [0.0], True), ('COMPLETE', [0.0], True), ('COMPLETE', [0.0], True)]");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_is_no_answer_any_more_is_refused_and_nothing_is_written(bool isOnServer)
    {
        string storage = Storage;
        if (isOnServer)
        {
            server.Require();
            storage = server.Url("refusals");
            await server.ExecuteAsync("CREATE DATABASE refusals CHARACTER SET utf8mb4");
        }
        await PreferentialStudy.CreateAsync(storage);
        await PreferentialStudy.RunAsync("study = load()\nstudy.ask()\nfailed = study.ask()\nnote(study, failed, 'x')\nstudy.tell(failed, state=TrialState.FAIL)", storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(storage, "--importance", "none", "--allow-changes");
        string[] before = await PreferentialStudy.ReadAsync(storage);

        await Refused(HttpStatusCode.Conflict, "From 2 to 50 different trials", Choose(0, 0));
        await Refused(HttpStatusCode.Conflict, "From 2 to 50 different trials", Choose(0, 0, 0));
        await Refused(HttpStatusCode.Conflict, "one of them is the worst", Choose(2, 0, 1));
        await Refused(HttpStatusCode.Conflict, "From 2 to 50 different trials", Choose(0, [.. Enumerable.Range(0, 51)]));
        await Refused(HttpStatusCode.Conflict, "Trial 4 has no note", Choose(0, 0, 4));
        await Refused(HttpStatusCode.Conflict, "it is FAIL", Choose(0, 0, 5));
        await Refused(HttpStatusCode.NotFound, "no trial 6", Choose(0, 0, 6));
        await Refused(HttpStatusCode.Conflict, "'plain' is not preferential", Change("worst", new { study = "plain", candidates = new[] { 0, 1 }, worst = 0 }));
        await Refused(HttpStatusCode.NotFound, "no study 'nowhere'", Change("worst", new { study = "nowhere", candidates = new[] { 0, 1 }, worst = 0 }));
        await Refused(HttpStatusCode.NotFound, "no choice 'x'", Change("take-back", new { study = PreferentialStudy.Name, choice = "x" }));
        await Refused(HttpStatusCode.NotFound, "no choice 'x'", Change("restore", new { study = PreferentialStudy.Name, choice = "x" }));
        await Refused(HttpStatusCode.Conflict, "it is FAIL", Change("skip", new { study = PreferentialStudy.Name, trial = 5 }));
        (await Change("worst", new { study = PreferentialStudy.Name })).Status.Should().Be(HttpStatusCode.BadRequest);
        (await PreferentialStudy.ReadAsync(storage)).Should().Equal(before);

        (await Choose(1, 0, 1)).Status.Should().Be(HttpStatusCode.NoContent);
        await Refused(HttpStatusCode.Conflict, "Trial 1 is not to be compared any more", Choose(0, 0, 1));
        await Refused(HttpStatusCode.Conflict, "it was chosen as worse", Change("skip", new { study = PreferentialStudy.Name, trial = 1 }));
        (await Change("skip", new { study = PreferentialStudy.Name, trial = 2 })).Status.Should().Be(HttpStatusCode.NoContent);
        await Refused(HttpStatusCode.Conflict, "it was skipped", Change("skip", new { study = PreferentialStudy.Name, trial = 2 }));
        await Refused(HttpStatusCode.Conflict, "Trial 2 is not to be compared any more: it was skipped", Choose(0, 0, 2));
        string choice = (await PreferentialStudy.SnapshotAsync(dashboard)).GetProperty("preferential").GetProperty("choices")[0].GetProperty("id").GetString()!;
        await Refused(HttpStatusCode.Conflict, "counts already", Change("restore", new { study = PreferentialStudy.Name, choice }));
        (await Change("take-back", new { study = PreferentialStudy.Name, choice })).Status.Should().Be(HttpStatusCode.NoContent);
        await Refused(HttpStatusCode.Conflict, "taken back already", Change("take-back", new { study = PreferentialStudy.Name, choice }));
        (await Choose(0, 0, 1)).Status.Should().Be(HttpStatusCode.NoContent, "trial 1 is to be compared again");
        (await Change("restore", new { study = PreferentialStudy.Name, choice })).Status.Should().Be(HttpStatusCode.NoContent);

        (await PreferentialStudy.ReadAsync(storage)).Should().Equal(
            "preferences [(0, 1), (1, 0)]",
            "best [] should generate True",
            "trials [('COMPLETE', [0.0], True), ('COMPLETE', [0.0], True), ('RUNNING', None, False), ('RUNNING', None, False), ('RUNNING', None, False), ('FAIL', None, True)]",
            "history ChooseWorst [0, 1] 1 [[0, 1]] False",
            "history ChooseWorst [0, 1] 0 [[1, 0]] False");
        dashboard.Messages.Count(line => line.Contains("changed by", StringComparison.Ordinal)).Should().Be(5);

        Task<(HttpStatusCode Status, string Answer)> Choose(int worst, params int[] candidates) => PreferentialStudy.ChooseAsync(dashboard, worst, candidates);

        Task<(HttpStatusCode Status, string Answer)> Change(string path, object change) => PreferentialStudy.ChangeAsync(dashboard, $"preference/{path}", change);

        static async Task Refused(HttpStatusCode status, string why, Task<(HttpStatusCode, string)> change)
        {
            (HttpStatusCode given, string answer) = await change;
            answer.Should().Contain(why);
            given.Should().Be(status, why);
        }
    }

    [Fact]
    public async Task Nobody_else_answers()
    {
        await PreferentialStudy.CreateAsync(Storage);
        string[] before = await PreferentialStudy.ReadAsync(Storage);
        (string Path, object Change)[] changes =
        [
            ("preference/worst", new { study = PreferentialStudy.Name, candidates = new[] { 0, 1 }, worst = 0 }),
            ("preference/skip", new { study = PreferentialStudy.Name, trial = 0 }),
            ("preference/take-back", new { study = PreferentialStudy.Name, choice = "x" }),
            ("preference/restore", new { study = PreferentialStudy.Name, choice = "x" }),
            ("preference/judged-by", new { study = PreferentialStudy.Name, artifactKey = "x" }),
            ("form", new { study = PreferentialStudy.Name, trial = 0, fields = new Dictionary<string, int>() }),
        ];
        await using (RunningDashboard reader = await RunningDashboard.StartAsync(Storage, "--importance", "none"))
        {
            foreach ((string path, object change) in changes)
                (await PreferentialStudy.ChangeAsync(reader, path, change)).Status.Should().BeOneOf([HttpStatusCode.NotFound, HttpStatusCode.MethodNotAllowed], path);
        }
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--importance", "none", "--allow-changes");
        foreach ((string path, object change) in changes)
        {
            foreach (string? origin in new[] { null, "null", "https://evil.example", "http://localhost" })
                (await PreferentialStudy.ChangeAsync(dashboard, path, change, origin)).Status.Should().Be(HttpStatusCode.Forbidden, $"{path} from {origin}");
        }
        (await PreferentialStudy.ReadAsync(Storage)).Should().Equal(before);
        dashboard.Messages.Should().NotContain(line => line.Contains("changed by", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_page_that_is_open_is_sent_the_answer_and_the_trials_that_it_changed()
    {
        await PreferentialStudy.CreateAsync(Storage);
        await using RunningDashboard dashboard = await RunningDashboard.StartAsync(Storage, "--importance", "none", "--allow-changes");
        JsonElement first = await PreferentialStudy.SnapshotAsync(dashboard);
        first.GetProperty("preferential").GetProperty("candidates").GetArrayLength().Should().Be(4);
        first.TryGetProperty("since", out _).Should().BeFalse();

        await PreferentialStudy.ChooseAsync(dashboard, 1, 0, 1);
        JsonElement news = await AfterAsync(first);
        Trials(news).Should().Equal(0, 1);
        news.GetProperty("trials")[0].TryGetProperty("values", out _).Should().BeFalse("they are zeros without a meaning");
        news.GetProperty("best").ToString().Should().Be("[0]");
        news.GetProperty("preferential").GetProperty("pairs").ToString().Should().Be("[[0,1]]");

        string choice = news.GetProperty("preferential").GetProperty("choices")[0].GetProperty("id").GetString()!;
        await PreferentialStudy.ChangeAsync(dashboard, "preference/take-back", new { study = PreferentialStudy.Name, choice });
        JsonElement taken = await AfterAsync(news);
        Trials(taken).Should().BeEmpty("no trial changed");
        taken.GetProperty("preferential").GetProperty("pairs").ToString().Should().Be("[]");
        taken.GetProperty("best").ToString().Should().Be("[]");

        async Task<JsonElement> AfterAsync(JsonElement known)
        {
            long version = known.GetProperty("version").GetInt64();
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
            await using Stream versions = await dashboard.Client.GetStreamAsync($"/api/versions?name={Uri.EscapeDataString(PreferentialStudy.Name)}", limit.Token);
            await SseParser.Create(versions).EnumerateAsync(limit.Token).FirstAsync(item => item.EventType == "version" && long.Parse(item.Data, CultureInfo.InvariantCulture) > version, limit.Token);
            JsonElement read = await PreferentialStudy.SnapshotAsync(dashboard, $"&since={version}");
            read.GetProperty("since").GetInt64().Should().Be(version, "only what changed is sent");
            return read;
        }

        static int[] Trials(JsonElement snapshot) => [.. snapshot.GetProperty("trials").EnumerateArray().Select(trial => trial.GetProperty("number").GetInt32())];
    }
}
