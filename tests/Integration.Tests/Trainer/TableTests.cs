using System.Text.Json;
using CliWrap.Buffered;
using Hpo.Interop;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Trainer;

/// <summary>A user's own table, from its file to predictions.</summary>
public sealed class TableTests(DatabaseServer server) : IDisposable
{
    private readonly TrainerInFolder _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task The_pages_three_commands_lead_from_a_table_to_predictions()
    {
        Write("houses.csv", Without(Houses.Csv(150), "luxury", "grade", "remarks"));
        Write("new.csv", Without(Houses.Csv(20, seed: 2), "luxury", "grade", "remarks", "price"));
        string[] commands = await CommandsAsync("README.md");
        commands.Should().HaveCount(3).And.Equal(await CommandsAsync("docs/tables.md"));
        List<BufferedCommandResult> runs = [];
        foreach (string command in commands)
        {
            string[] words = command.Split('#')[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            words[0].Should().Be("NativeTrainer");
            BufferedCommandResult run = await _trainer.RunAsync(words[1..]);
            run.ExitCode.Should().Be(0, command + run.StandardError);
            runs.Add(run);
        }

        runs[0].StandardError.Should().Contain("houses.csv: 150 rows, 6 columns").And.Contain("task: regression, scored by RMSE");
        runs[0].StandardOutput.Should().Contain("50 trials:").And.Contain("best: trial ");
        runs[1].StandardOutput.Should().Contain("on 30 rows that no trial saw, rmse:").And.Contain("lightgbm with its defaults").And.Contain("baseline");
        string[] lines = await File.ReadAllLinesAsync(_trainer.File("predictions.csv"));
        lines[0].Should().Be("prediction");
        lines.Skip(1).Select(double.Parse).Should().HaveCount(20).And.OnlyContain(price => price > 50_000 && price < 600_000);
    }

    [Fact]
    public async Task Two_workers_share_a_study_in_MySQL_and_keep_its_budget()
    {
        server.Require();
        string url = server.Url("tables");
        Write("houses.csv", Houses.Csv(120));

        BufferedCommandResult launch = await Programs.RunAsync(
            Programs.Launcher, _trainer.Path, Programs.Trainer, "--num_parallel", "2", "--study", "houses", "--storage", url,
            "--direction", "maximize", "--total-trials", "30", "--seed", "0", "--", "tune", "table", "--data", "houses.csv", "--target", "luxury",
            "--ignore", "price", "grade", "--folds", "3", "--models", "lightgbm,sdca,forest");

        launch.ExitCode.Should().Be(0, launch.StandardError);
        JsonElement results = await _trainer.JsonAsync("results", "--study", "houses", "--storage", url, "--evaluate");
        JsonElement trials = results.GetProperty("trials");
        (trials.GetProperty("complete").GetInt32() + trials.GetProperty("pruned").GetInt32()).Should().Be(30);
        trials.EnumerateObject().Sum(state => state.Value.GetInt32()).Should().Be(30);
        results.GetProperty("table").GetProperty("best")[0].GetDouble().Should().BeGreaterThan(0.8);
    }

    [Fact]
    public async Task Several_metrics_make_a_front_out_of_which_a_trial_is_chosen()
    {
        Write("houses.csv", Houses.Csv(150));
        string[] options = ["--data", "houses.csv", "--target", "luxury", "--ignore", "price", "grade"];
        JsonElement tuned = await _trainer.JsonAsync(
            ["tune", "table", .. options, "--metric", "auc,log-loss", "--models", "sdca,lightgbm", "--n-trials", "12", "--seed", "1"]);
        JsonElement[] front = [.. tuned.GetProperty("front").EnumerateArray()];

        front.Should().NotBeEmpty();
        tuned.GetProperty("trials").GetProperty("complete").GetInt32().Should().Be(12, "a study of several objectives is not pruned");
        front.Should().OnlyContain(trial => trial.GetProperty("values").GetArrayLength() == 2);
        int last = front[^1].GetProperty("number").GetInt32();
        JsonElement results = await _trainer.JsonAsync("results", "--study", "table", "--evaluate", "--trial", $"{last}");
        results.GetProperty("table").GetProperty("metrics").EnumerateArray().Select(name => name.GetString()).Should().Equal("auc", "log-loss");
        results.GetProperty("table").GetProperty("trial").GetInt32().Should().Be(last);
    }

    [Fact]
    public async Task Another_table_another_direction_and_a_changed_file_are_refused()
    {
        Write("houses.csv", Houses.Csv(60));
        string[] options = ["--target", "price", "--ignore", "luxury", "grade", "--models", "sdca", "--n-trials", "1", "--folds", "2"];
        (await _trainer.RunAsync(["tune", "table", "--data", "houses.csv", .. options])).ExitCode.Should().Be(0);

        Write("others.csv", Houses.Csv(60, seed: 3));
        BufferedCommandResult other = await _trainer.RunAsync(["tune", "table", "--data", "others.csv", .. options]);
        other.ExitCode.Should().Be(WorkerExitCode.Usage);
        other.StandardError.Should().Contain("made with other settings (data_hash=").And.Contain("choose another --study");

        BufferedCommandResult direction = await _trainer.RunAsync(["tune", "table", "--data", "houses.csv", .. options, "--metric", "r2"]);
        direction.ExitCode.Should().Be(WorkerExitCode.Usage);
        direction.StandardError.Should().Contain("exists with the direction minimize, and maximize was asked for");

        Write("houses.csv", Houses.Csv(61));
        BufferedCommandResult changed = await _trainer.RunAsync("results", "--study", "table", "--evaluate");
        changed.ExitCode.Should().Be(WorkerExitCode.Usage);
        changed.StandardError.Should().Contain("its content has changed");
    }

    [Fact]
    public async Task What_was_inferred_is_shown_before_anything_runs()
    {
        Write("houses.csv", Houses.Csv(80));

        BufferedCommandResult dry = await _trainer.RunAsync("tune", "table", "--data", "houses.csv", "--target", "grade", "--ignore", "price", "luxury", "--dry-run");

        dry.ExitCode.Should().Be(0, dry.StandardError);
        dry.StandardOutput.Should().MatchRegex(@"city +category +\d+ missing +5 levels: Aarhus, Billund, Esbjerg, Odense, …").And.MatchRegex(@"sold +date").And.MatchRegex(@"garden +boolean +no, yes")
            .And.MatchRegex(@"grade +target, category").And.Contain("task: multiclass of 3 classes, scored by accuracy").And.Contain("search space:");
        File.Exists(_trainer.File("hpo.db")).Should().BeFalse();
    }

    private static async Task<string[]> CommandsAsync(string page) =>
        (await File.ReadAllTextAsync(Path.Combine(Programs.Root, page)))
            .Split("<!-- commands: tables -->\n```bash\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private void Write(string name, string content) => File.WriteAllText(_trainer.File(name), content);

    private static string Without(string csv, params string[] columns)
    {
        string[][] rows = [.. csv.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(','))];
        int[] kept = [.. Enumerable.Range(0, rows[0].Length).Where(place => !columns.Contains(rows[0][place]))];
        return string.Join('\n', rows.Select(row => string.Join(',', kept.Select(place => row[place]))));
    }
}
