using Hpo.NativeTrainer.Torch;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Tests.Torch;

/// <summary>What it measures is the whole process's, so nothing runs beside it.</summary>
[CollectionDefinition(nameof(TrainingMemoryTests), DisableParallelization = true)]
[Collection(nameof(TrainingMemoryTests))]
public sealed class TrainingMemoryTests
{
    private const long MiB = 1 << 20;

    [Fact]
    public void A_thousand_steps_leave_neither_tensors_nor_memory_behind()
    {
        TorchLibrary.EnsureLoaded();
        using ImageTensors data = ImageTensors.From(SmallData.Fashion(1000), CPU);
        var options = new TrainingOptions { BatchSize = 10, Epochs = 11 };
        long tensors = 0, memory = 0;
        new CnnTrainer(options, CPU, TimeProvider.System)
            .Train(new FashionCnnOptions(), data, null, report =>
            {
                // The first hundred steps fill the caches and the heap.
                if (report.Epoch == 1) (tensors, memory) = Usage();
                return true;
            })
            .Dispose();

        (long tensorsAfter, long memoryAfter) = Usage();
        tensorsAfter.Should().BeLessThanOrEqualTo(tensors);
        (memoryAfter - memory).Should().BeLessThan(20 * MiB);
    }

    private static (long Tensors, long Memory) Usage()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return (Tensor.TotalCount, Environment.WorkingSet);
    }
}
