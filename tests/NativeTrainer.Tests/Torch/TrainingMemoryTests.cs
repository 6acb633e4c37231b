using System.Diagnostics;
using System.Globalization;
using Hpo.NativeTrainer.Torch;
using Hpo.Tests;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Tests.Torch;

/// <summary>Tensors are counted for the whole process, so nothing runs beside it.</summary>
[CollectionDefinition(nameof(TrainingMemoryTests), DisableParallelization = true)]
[Collection(nameof(TrainingMemoryTests))]
public sealed class TrainingMemoryTests : IDisposable
{
    private const int StepsPerEpoch = 100;
    private const int EpochsPerThousand = 1000 / StepsPerEpoch;
    private const int BytesPerStep = 4096;
    private const int Longest = 100;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_step_leaves_a_tensor_behind()
    {
        TorchLibrary.EnsureLoaded();
        using ImageTensors data = ImageTensors.From(SmallData.Fashion(100), CPU);
        var tensors = new List<long>();
        new CnnTrainer(new TrainingOptions { BatchSize = 10, Epochs = 4 }, CPU, TimeProvider.System)
            .Train(new FashionCnnOptions(), data, null, _ =>
            {
                tensors.Add(Tensor.TotalCount);
                return true;
            })
            .Dispose();

        // Adam makes its state in the first step.
        tensors[1..].Should().OnlyContain(count => count <= tensors[0]);
    }

    /// <summary>
    /// Caches and heaps fill for as long as the processor, its caches and libtorch's kernels for it need. Then twice in
    /// succession a thousand steps have to leave less than a page a step: what leaks does so in every thousand.
    /// </summary>
    [Fact]
    public async Task The_memory_of_a_training_levels_off()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The memory of another process is read from /proc.");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "NativeTrainer"),
            ["train", "fashion", "--subset", $"{StepsPerEpoch}", "--batch-size", "1", "--threads", "1", "--epochs", $"{Longest}"])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process training = Process.Start(start)!;
        var memory = new List<long>();
        var lines = new List<string>();
        while (!IsLevel(memory) && await training.StandardError.ReadLineAsync(cancellation) is { } line)
        {
            lines.Add(line);
            if (line.StartsWith("epoch ", StringComparison.Ordinal)) memory.Add(ResidentBytes(training.Id));
        }
        training.Kill();
        await training.WaitForExitAsync(cancellation);

        IsLevel(memory).Should().BeTrue(
            "the training had {0} bytes of memory after each {1} steps, and wrote {2}",
            string.Join(' ', memory), StepsPerEpoch, string.Join('\n', lines.Take(3)));
    }

    private static bool IsLevel(List<long> memory) =>
        memory.Count > 2 * EpochsPerThousand
        && IsSmall(memory, ^1, ^(1 + EpochsPerThousand)) && IsSmall(memory, ^(1 + EpochsPerThousand), ^(1 + (2 * EpochsPerThousand)));

    private static bool IsSmall(List<long> memory, Index end, Index begin) => memory[end] - memory[begin] < 1000 * BytesPerStep;

    private static long ResidentBytes(int process)
    {
        string resident = File.ReadAllText($"/proc/{process}/statm").Split(' ')[1];
        return long.Parse(resident, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
    }
}
