using System.Text.Json;
using CliWrap.Buffered;
using Hpo.Interop;
using Hpo.Tests;

namespace Hpo.Integration.Tests.Trainer;

/// <summary>A user's own folder of images: everything that the published data sets have.</summary>
public sealed class OwnImagesTests(DatabaseServer server) : IDisposable
{
    private static readonly string[] Small = ["--epochs", "3", "--validation", "0.2"];

    private readonly TrainerInFolder _trainer = new();
    private readonly TemporaryFolder _photos = new();

    public void Dispose()
    {
        _trainer.Dispose();
        _photos.Dispose();
    }

    [Fact]
    public async Task A_folder_is_tuned_tested_trained_on_saved_and_evaluated()
    {
        _photos.WriteColours("my photos/", each: 50, seed: 1);
        string data = _photos.File("my photos");

        JsonElement tuned = await _trainer.JsonAsync(["tune", "images", "--data", data, "--n-trials", "4", "--seed", "1", .. Small]);
        tuned.GetProperty("trials").EnumerateObject().Sum(state => state.Value.GetInt32()).Should().Be(4);
        tuned.GetProperty("best").GetProperty("value").GetDouble().Should().BeGreaterThan(0.6);

        JsonElement results = await _trainer.JsonAsync("results", "--study", "images", "--evaluate");
        results.GetProperty("test_accuracy").GetDouble().Should().BeGreaterThan(0.3);
        results.GetProperty("defaults_test_accuracy").GetDouble().Should().BeInRange(0, 1);

        JsonElement trained = await _trainer.JsonAsync(
            "train", "images", "--data", data, "--epochs", "4", "--batch-size", "10", "--save", "model.safetensors");
        trained.GetProperty("images").GetInt32().Should().Be(120);
        trained.GetProperty("test").GetProperty("accuracy").GetDouble().Should().BeGreaterThan(0.9);

        JsonElement evaluated = await _trainer.JsonAsync("evaluate", "--model", "model.safetensors", "--data", data);
        evaluated.GetProperty("test").GetRawText().Should().Be(trained.GetProperty("test").GetRawText());
        evaluated.GetProperty("test").GetProperty("class_accuracy").EnumerateObject().Select(part => part.Name).Should()
            .Equal("cold", "grey", "warm ☀");

        // Other pictures, of another size.
        _photos.WriteColours("new/", each: 7, seed: 2, size: 30);
        JsonElement others = await _trainer.JsonAsync("evaluate", "--model", "model.safetensors", "--test", _photos.File("new"));
        others.GetProperty("test").GetProperty("confusion").EnumerateArray().SelectMany(row => row.EnumerateArray())
            .Sum(count => count.GetInt32()).Should().Be(21);
        others.GetProperty("test").GetProperty("accuracy").GetDouble().Should().BeGreaterThan(0.8);
    }

    [Fact]
    public async Task The_same_seed_gives_the_same_study_wherever_the_folder_lies_and_other_images_are_refused()
    {
        _photos.WriteColours("here/", each: 20, seed: 1);
        _photos.WriteColours("there/", each: 20, seed: 1);
        _photos.WriteColours("other/", each: 20, seed: 2);
        string[] options = ["--n-trials", "2", "--seed", "3", "--pruner", "none", .. Small];
        Task<BufferedCommandResult> TuneAsync(string folder, string study) =>
            _trainer.RunAsync(["tune", "images", "--data", _photos.File(folder), "--study", study, .. options]);

        BufferedCommandResult first = await TuneAsync("here", "a"), second = await TuneAsync("there", "b");
        first.ExitCode.Should().Be(0, first.StandardError);
        static string[] Trials(BufferedCommandResult run) =>
            [.. run.StandardError.Split('\n').Where(line => line.StartsWith("trial ", StringComparison.Ordinal))];
        Trials(first).Should().HaveCount(2).And.Equal(Trials(second));

        (await TuneAsync("there", "a")).ExitCode.Should().Be(0, "they are the same images");
        Refused(await TuneAsync("other", "a"), WorkerExitCode.Usage, "made with other settings");
        Refused(
            await _trainer.RunAsync("results", "--study", "a", "--evaluate", "--data", _photos.File("other")),
            WorkerExitCode.Usage,
            "these are other images than those of the study");
        Directory.Delete(_photos.File("here"), recursive: true);
        Refused(
            await _trainer.RunAsync("results", "--study", "a", "--evaluate"),
            WorkerExitCode.Environment,
            "there is no such folder");
        (await _trainer.RunAsync("results", "--study", "a", "--evaluate", "--data", _photos.File("there"))).ExitCode.Should().Be(0);
    }

    [Fact]
    public async Task Two_workers_share_a_study_in_MySQL()
    {
        server.Require();
        _photos.WriteBars(each: 30);
        string url = server.Url("own_images");

        BufferedCommandResult launch = await Programs.RunAsync(
            Programs.Launcher, _trainer.Path, Programs.Trainer, "--num_parallel", "2", "--study", "own", "--storage", url,
            "--direction", "maximize", "--total-trials", "6", "--seed", "0", "--", "tune", "images", "--data", _photos.Path, "--epochs", "1");

        launch.ExitCode.Should().Be(0, launch.StandardError);
        JsonElement results = await _trainer.JsonAsync("results", "--study", "own", "--storage", url);
        results.GetProperty("trials").GetProperty("complete").GetInt32().Should().Be(6);
    }

    [Fact]
    public async Task Mistakes_are_told_in_a_line()
    {
        _photos.WriteBars(each: 5);
        string data = _photos.Path;

        async Task RefusedAsync(int exitCode, string message, params string[] arguments) =>
            Refused(await _trainer.RunAsync(arguments), exitCode, message);

        await RefusedAsync(WorkerExitCode.Usage, "'--data' is required", "tune", "images");
        await RefusedAsync(WorkerExitCode.Environment, "missing: there is no such folder", "train", "images", "--data", "missing");
        await RefusedAsync(WorkerExitCode.Usage, "--size must be a number from 8", "train", "images", "--data", data, "--size", "4");
        await RefusedAsync(WorkerExitCode.Usage, "--subset 99: ", "train", "images", "--data", data, "--subset", "99");
        await RefusedAsync(
            WorkerExitCode.Usage, "give one of them", "tune", "images", "--data", data, "--test", data, "--test-size", "0.5");
        await _trainer.JsonAsync("train", "fashion", "--subset", "100", "--epochs", "1", "--save", "fashion.safetensors");
        Refused(
            await _trainer.RunAsync("evaluate", "--model", "fashion.safetensors", "--test", data),
            WorkerExitCode.Usage,
            "Fashion-MNIST has a test part of its own");
    }

    private static void Refused(BufferedCommandResult result, int exitCode, string message)
    {
        result.ExitCode.Should().Be(exitCode, result.StandardError);
        result.StandardError.Should().Contain(message).And.NotContain("   at ");
    }
}
