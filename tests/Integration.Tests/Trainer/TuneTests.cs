using System.Text.Json;
using CliWrap.Buffered;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Trainer;

/// <summary>The commands around a digits study, as a user runs them.</summary>
public sealed class TuneTests : IDisposable
{
    private readonly TrainerInFolder _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task The_grid_is_covered_once_and_ends_the_study_by_itself()
    {
        JsonElement tuned = await TunedStudies.CopyGridAsync(_trainer);

        tuned.GetProperty("trials").GetProperty("complete").GetInt32().Should().Be(35);
        string[] pairs = await PairsAsync("grid");
        pairs.Distinct().Should().HaveCount(35);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_study()
    {
        await _trainer.JsonAsync("tune", "digits", "--n-trials", "3", "--seed", "11", "--study", "a");
        await _trainer.JsonAsync("tune", "digits", "--n-trials", "3", "--seed", "11", "--study", "b");
        await _trainer.JsonAsync("tune", "digits", "--n-trials", "3", "--seed", "12", "--study", "c");

        string[] first = await PairsAsync("a");
        first.Should().HaveCount(3);
        (await PairsAsync("b")).Should().Equal(first);
        (await PairsAsync("c")).Should().NotEqual(first);
    }

    [Fact]
    public async Task A_pruner_ends_unpromising_trials()
    {
        JsonElement tuned = await TunedStudies.CopyPrunedAsync(_trainer);
        tuned.GetProperty("trials").GetProperty("pruned").GetInt32().Should().BePositive();
        tuned.GetProperty("trials").EnumerateObject().Sum(state => state.Value.GetInt32()).Should().Be(25);
    }

    [Fact]
    public async Task Results_show_the_best_trial_and_its_score_on_unseen_rows()
    {
        JsonElement tuned = await _trainer.JsonAsync("tune", "digits", "--n-trials", "5", "--seed", "1");

        BufferedCommandResult text = await _trainer.RunAsync("results");
        text.StandardOutput.Should().Contain("5 trials: 5 COMPLETE").And.Contain("test accuracy of the best parameters: 0.9");
        JsonElement results = await _trainer.JsonAsync("results");
        results.GetProperty("best")[0].GetProperty("number").GetInt32()
            .Should().Be(tuned.GetProperty("best").GetProperty("number").GetInt32());
    }

    [Fact]
    public async Task Of_trials_that_share_the_best_value_the_first_is_the_best_and_tested()
    {
        JsonElement tuned = await _trainer.JsonAsync("tune", "digits", "--n-trials", "3", "--seed", "1", "--study", "tie");
        await PythonOracle.RunAsync(
            """
            import sys, optuna
            study = optuna.load_study(study_name="tie", storage=sys.argv[1])
            study.add_trial(study.best_trial)
            """,
            _trainer.Storage);

        JsonElement results = await _trainer.JsonAsync("results", "--study", "tie");

        results.GetProperty("best").EnumerateArray().Select(trial => trial.GetProperty("number").GetInt32())
            .Should().Equal(tuned.GetProperty("best").GetProperty("number").GetInt32());
        results.GetProperty("test_accuracy").GetDouble().Should().BeGreaterThan(0.9);
    }

    [Fact]
    public async Task Results_of_a_study_that_Python_made_are_shown_too()
    {
        await PythonOracle.RunAsync(
            """
            import sys, optuna
            study = optuna.create_study(study_name="python", storage=sys.argv[1], directions=["minimize", "maximize"])
            study.optimize(lambda trial: (trial.suggest_float("x", 0, 1), trial.suggest_categorical("c", [None, "a"]) == "a"), n_trials=4)
            """,
            _trainer.Storage);
        JsonElement results = await _trainer.JsonAsync("results", "--study", "python");
        results.GetProperty("directions").GetArrayLength().Should().Be(2);
        results.GetProperty("best").GetArrayLength().Should().BePositive();
        results.GetProperty("test_accuracy").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task The_doctor_names_engine_Python_Optuna_libraries_and_storage()
    {
        BufferedCommandResult doctor = await _trainer.RunAsync("doctor");
        doctor.ExitCode.Should().Be(0, doctor.StandardOutput);
        string[] lines =
        [
            "ok    engine: ", "ok    python: 3.", "ok    optuna: ", "ok    lightgbm: ", "ok    torchsharp: ", "ok    skiasharp: ",
            "ok    fashion: 60000 + 10000 images", "ok    corrupted-mnist: 50000 + 5000 images", "ok    storage: sqlite", "ok    clusters: ",
        ];
        foreach (string line in lines)
            doctor.StandardOutput.Should().Contain(line);
        (await _trainer.JsonAsync("doctor")).GetProperty("checks").GetArrayLength().Should().Be(12);
        Directory.EnumerateFileSystemEntries(_trainer.Path).Should().BeEmpty("the doctor changes nothing");
    }

    private async Task<string[]> PairsAsync(string study)
    {
        string json = await PythonOracle.RunAsync(
            """
            import json, sys, optuna
            study = optuna.load_study(study_name=sys.argv[1], storage=sys.argv[2])
            print(json.dumps([[trial.params["n_estimators"], trial.params["max_depth"], trial.value] for trial in study.trials]))
            """,
            study,
            _trainer.Storage);
        return [.. JsonDocument.Parse(json).RootElement.EnumerateArray().Select(row => row.GetRawText())];
    }
}
