using System.Text.Json;
using CliWrap.Buffered;
using Hpo.Interop;

namespace Hpo.Integration.Tests.Trainer;

/// <summary>Networks on images, as a user trains, saves and tests them.</summary>
public sealed class TrainTests : IDisposable
{
    private static readonly string[] Small = ["--subset", "600", "--epochs", "2"];

    private readonly TrainerInFolder _trainer = new();

    public void Dispose() => _trainer.Dispose();

    [Theory]
    [InlineData("fashion", 10_000, 0.5)]
    [InlineData("corrupted-mnist", 5_000, 0.3)]
    public async Task A_network_is_trained_and_tested(string data, int testImages, double accuracy)
    {
        JsonElement trained = await _trainer.JsonAsync(["train", data, "--validation", "0.1", "--batch-size", "20", .. Small]);

        trained.GetProperty("images").GetInt32().Should().Be(540);
        JsonElement[] epochs = [.. trained.GetProperty("epochs").EnumerateArray()];
        epochs.Should().HaveCount(2);
        epochs[1].GetProperty("loss").GetDouble().Should().BeLessThan(epochs[0].GetProperty("loss").GetDouble());
        epochs[1].GetProperty("validation_accuracy").GetDouble().Should().BeInRange(0, 1);
        JsonElement test = trained.GetProperty("test");
        test.GetProperty("accuracy").GetDouble().Should().BeGreaterThan(accuracy);
        test.GetProperty("class_accuracy").EnumerateObject().Should().HaveCount(10);
        test.GetProperty("confusion").EnumerateArray().SelectMany(row => row.EnumerateArray()).Sum(count => count.GetInt32())
            .Should().Be(testImages);
    }

    [Fact]
    public async Task People_see_each_epoch_the_confusion_matrix_and_the_accuracy_of_each_class()
    {
        BufferedCommandResult result = await _trainer.RunAsync(["train", "fashion", .. Small]);

        result.StandardError.Should().MatchRegex(@"epoch 1/2: loss \d\.\d{4}, accuracy 0\.\d{4}, [\d,]+ images/s\s+epoch 2/2: ");
        result.StandardOutput.Should().MatchRegex(@"9 Ankle boot +0\.\d{3}( +\d+){10}")
            .And.MatchRegex(@"test accuracy: 0\.\d{4}, loss \d\.\d{4}");
    }

    [Fact]
    public async Task A_saved_network_tests_as_it_did_when_it_was_trained()
    {
        string[] shape = ["--features", "30", "--activation", "ELU", "--batch-norm", "false", "--save", "model.safetensors"];
        JsonElement trained = await _trainer.JsonAsync(["train", "fashion", .. Small, .. shape]);

        JsonElement evaluated = await _trainer.JsonAsync("evaluate", "--model", "model.safetensors");

        evaluated.GetProperty("test").GetRawText().Should().Be(trained.GetProperty("test").GetRawText());
    }

    [Fact]
    public async Task A_full_disk_is_told_and_the_old_file_stays()
    {
        // A file system of a few MiB, which the kernel lets only this process see.
        string script =
            """
            mount -t tmpfs -o size=8m none "$1" && cd "$1" || exit 99
            echo 'the old file' > model.safetensors && head -c 6M /dev/zero > other
            "$2" train fashion --subset 100 --epochs 1 --save model.safetensors
            code=$?
            cat model.safetensors && ls && exit $code
            """;
        string mounted = Directory.CreateDirectory(_trainer.File("small")).FullName;
        // Root needs no user namespace of its own, which the kernel refuses within a chroot.
        string[] namespaces = Environment.IsPrivilegedProcess ? ["--mount"] : ["--mount", "--user", "--map-root-user"];
        string[] command = [.. namespaces, "bash", "-c", script, "bash", mounted, Programs.Trainer];

        BufferedCommandResult result = await Programs.RunAsync("unshare", _trainer.Path, command);

        result.StandardError.Should().Contain("No space left on device").And.Contain("untouched").And.NotContain("   at ");
        result.StandardOutput.Should().Be("the old file\nmodel.safetensors\nother\n");
        result.ExitCode.Should().Be(WorkerExitCode.Failure);
    }
}
