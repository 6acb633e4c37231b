using System.Text.Json;
using CliWrap.Buffered;
using Hpo.Interop;
using Hpo.Interop.Pruners;
using Hpo.NativeTrainer.Data;
using Hpo.NativeTrainer.Objectives;
using Hpo.NativeTrainer.Torch;
using Hpo.Tests;
using static TorchSharp.torch;

namespace Hpo.Integration.Tests.Trainer;

/// <summary>Pruned studies over images, in one process and in several.</summary>
public sealed class TuneImagesTests(DatabaseServer server) : IDisposable
{
    private static readonly string[] Small = ["--subset", "300", "--epochs", "2"];

    private readonly TrainerInFolder _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Fact]
    public async Task Unpromising_trials_are_pruned_and_every_epoch_is_reported()
    {
        JsonElement tuned = await _trainer.JsonAsync(["tune", "fashion", "--n-trials", "14", "--seed", "1", .. Small]);

        JsonElement trials = tuned.GetProperty("trials");
        trials.GetProperty("pruned").GetInt32().Should().BePositive();
        trials.EnumerateObject().Sum(state => state.Value.GetInt32()).Should().Be(14);
        JsonElement[] stored = await TrialsAsync("fashion");
        stored.Should().HaveCount(14);
        foreach (JsonElement trial in stored)
        {
            JsonElement steps = trial.GetProperty("steps");
            if (trial.GetProperty("state").GetString() == "PRUNED") steps.GetArrayLength().Should().Be(1);
            else steps.EnumerateArray().Select(step => step.GetInt32()).Should().Equal(0, 1);
            trial.GetProperty("params").EnumerateObject().Select(parameter => parameter.Name).Should().BeEquivalentTo(
                "learning_rate", "features", "dropout", "batch_size", "batch_norm", "activation");
        }
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_study_and_its_best_is_tested_beside_the_defaults()
    {
        await _trainer.JsonAsync(["tune", "corrupted-mnist", "--n-trials", "3", "--seed", "2", "--study", "a", .. Small]);
        await _trainer.JsonAsync(["tune", "corrupted-mnist", "--n-trials", "3", "--seed", "2", "--study", "b", .. Small]);

        string[] first = [.. (await TrialsAsync("a")).Select(trial => trial.GetRawText())];
        (await TrialsAsync("b")).Select(trial => trial.GetRawText()).Should().Equal(first);
        JsonElement results = await _trainer.JsonAsync("results", "--study", "a", "--evaluate");
        results.GetProperty("test_accuracy").GetDouble().Should().BeInRange(0.05, 1);
        results.GetProperty("defaults_test_accuracy").GetDouble().Should().BeInRange(0.05, 1);
        (await _trainer.JsonAsync("results", "--study", "a")).GetProperty("test_accuracy").ValueKind.Should().Be(JsonValueKind.Null);
    }

    [Fact]
    public async Task Two_workers_share_a_study_in_MySQL()
    {
        server.Require();
        string url = server.Url("images");

        BufferedCommandResult launch = await Programs.RunAsync(
            Programs.Launcher, _trainer.Path, Programs.Trainer, "--num_parallel", "2", "--study", "images", "--storage", url,
            "--direction", "maximize", "--total-trials", "6", "--seed", "0", "--", "tune", "fashion", "--subset", "300",
            "--epochs", "1");

        launch.ExitCode.Should().Be(0, launch.StandardError);
        JsonElement results = await _trainer.JsonAsync("results", "--study", "images", "--storage", url);
        results.GetProperty("trials").GetProperty("complete").GetInt32().Should().Be(6);
    }

    [Fact]
    public async Task Scores_of_other_settings_are_not_mixed()
    {
        await _trainer.JsonAsync(["tune", "fashion", "--n-trials", "1", .. Small]);

        BufferedCommandResult other = await _trainer.RunAsync("tune", "fashion", "--n-trials", "1", "--subset", "300", "--epochs", "1");

        other.ExitCode.Should().Be(WorkerExitCode.Usage);
        other.StandardError.Should().Contain("made with other settings (epochs=2").And.Contain("now epochs=1");
    }

    [Fact]
    public void A_diverged_trial_is_pruned_with_its_reason_and_the_study_goes_on()
    {
        TorchLibrary.EnsureLoaded();
        ImageDataset images = FashionMnist.Source.LoadTraining().Select([.. Enumerable.Range(0, 100)]);
        images.Pixels.AsSpan().Fill(float.NaN);
        using var objective = new ImageObjective(images, new ImageSettings(FashionMnist.Source), CPU);
        using Study study = Study.Create(new StudyOptions { Direction = StudyDirection.Maximize, Pruner = new NopPruner() });

        study.Optimize(objective.Run, nTrials: 2);

        study.Trials.Should().HaveCount(2).And.OnlyContain(trial => trial.State == TrialState.Pruned);
        study.Trials[1].UserAttrs[ImageObjective.PruneReasonKey].Should()
            .Be("the training diverged in epoch 1: its loss is NaN");
    }

    private async Task<JsonElement[]> TrialsAsync(string study)
    {
        string json = await PythonOracle.RunAsync(
            """
            import json, sys, optuna
            study = optuna.load_study(study_name=sys.argv[1], storage=sys.argv[2])
            print(json.dumps([{"state": trial.state.name, "params": trial.params, "value": trial.value,
                               "steps": sorted(trial.intermediate_values), "reports": list(trial.intermediate_values.values())}
                              for trial in study.trials]))
            """,
            study,
            _trainer.Storage);
        return [.. JsonDocument.Parse(json).RootElement.EnumerateArray()];
    }
}
