using TorchSharp;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Torch;

/// <summary>
/// Trains a <see cref="FashionCnn"/> with Adam on the cross-entropy. On one device with one number of threads the same
/// options and data give the same network, bit by bit.
/// </summary>
/// <param name="options">How to train.</param>
/// <param name="device">Where to compute.</param>
/// <param name="time">The clock for speeds and progress.</param>
internal sealed class CnnTrainer(TrainingOptions options, Device device, TimeProvider time)
{
    // Reading the loss waits for the device: seldom enough not to be felt.
    private static readonly TimeSpan ProgressInterval = TimeSpan.FromMilliseconds(250);

    // A step leaves 24 KB of small objects behind, and their finalizers free blocks between libtorch's large ones. By itself
    // .NET collects them when they fill the processor's cache (32 MB on some), and libtorch's heap is torn to pieces meanwhile.
    private const int StepsPerCollection = 100;

    /// <summary>Is called now and then with the progress of the training.</summary>
    public Action<TrainingProgress>? ProgressMade { get; init; }

    /// <summary>Trains a new network.</summary>
    /// <param name="shape">The network's shape.</param>
    /// <param name="training">The images to learn from.</param>
    /// <param name="validation">Images that are recognised after each epoch, or null.</param>
    /// <param name="epochDone">Gets the report of each epoch, and answers whether to go on.</param>
    /// <param name="cancellation">Ends the training between two steps.</param>
    /// <returns>The network, in evaluation mode; the caller disposes it.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An option lies outside its range.</exception>
    /// <exception cref="TrainingDivergedException">The loss became NaN or infinite.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public FashionCnn Train(
        FashionCnnOptions shape,
        ImageTensors training,
        ImageTensors? validation,
        Func<EpochReport, bool> epochDone,
        CancellationToken cancellation = default)
    {
        options.Check();
        NativeHeap.KeepLargeBlocks();
        FashionCnn network = FashionCnn.Create(shape, options.Seed, device, training.Format);
        try
        {
            using var random = new Generator(options.Seed, device);
            using optim.Optimizer adam = optim.Adam(network.parameters(), options.LearningRate);
            for (int epoch = 1; epoch <= options.Epochs; epoch++)
            {
                EpochReport report = TrainEpoch(network, adam, training, random, epoch, cancellation);
                if (validation is not null)
                    report = report with { Validation = Evaluator.Evaluate(network, validation, cancellation) };
                if (!epochDone(report)) break;
            }
            network.eval();
            return network;
        }
        catch
        {
            network.Dispose();
            throw;
        }
    }

    private EpochReport TrainEpoch(
        FashionCnn network,
        optim.Optimizer adam,
        ImageTensors data,
        Generator random,
        int epoch,
        CancellationToken cancellation)
    {
        using DisposeScope scope = NewDisposeScope();
        network.train();
        // On the device, so that no step waits for a number.
        Tensor lossSum = zeros(1, ScalarType.Float64, device);
        Tensor correct = zeros(1, ScalarType.Int64, device);
        long start = time.GetTimestamp();
        long lastProgress = start;
        int done = 0, steps = 0;
        foreach (ImageBatch batch in data.Shuffled(options.BatchSize, random))
        {
            cancellation.ThrowIfCancellationRequested();
            using ImageBatch images = batch;
            Step(network, adam, batch, lossSum, correct);
            done += batch.Count;
            if (++steps % StepsPerCollection == 0) GC.Collect(generation: 0);
            if (time.GetElapsedTime(lastProgress) < ProgressInterval) continue;
            lastProgress = time.GetTimestamp();
            TellProgress(epoch, done, data.Count, lossSum, correct, time.GetElapsedTime(start));
        }
        double loss = FiniteLoss(lossSum, done, epoch);
        return new EpochReport(
            epoch, loss, (double)correct.item<long>() / done, null, done / time.GetElapsedTime(start).TotalSeconds);
    }

    private static void Step(
        FashionCnn network, optim.Optimizer adam, ImageBatch batch, Tensor lossSum, Tensor correct)
    {
        using DisposeScope intermediates = NewDisposeScope();
        Tensor logits = network.call(batch.Images);
        Tensor loss = nn.functional.cross_entropy(logits, batch.Labels);
        adam.zero_grad();
        loss.backward();
        adam.step();
        using IDisposable noGradients = no_grad();
        lossSum.add_(loss, batch.Count);
        correct.add_(logits.argmax(1).eq(batch.Labels).sum());
    }

    private void TellProgress(int epoch, int done, int count, Tensor lossSum, Tensor correct, TimeSpan elapsed)
    {
        double loss = FiniteLoss(lossSum, done, epoch);
        ProgressMade?.Invoke(new TrainingProgress(
            epoch,
            ((long)(epoch - 1) * count) + done,
            (long)options.Epochs * count,
            loss,
            (double)correct.item<long>() / done,
            done / elapsed.TotalSeconds));
    }

    private static double FiniteLoss(Tensor lossSum, int count, int epoch)
    {
        double loss = lossSum.item<double>() / count;
        return double.IsFinite(loss) ? loss : throw new TrainingDivergedException(epoch, loss);
    }
}
