using Hpo.NativeTrainer.Evaluation;
using TorchSharp;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Torch;

/// <summary>Lets a network recognise images.</summary>
internal static class Evaluator
{
    // Larger ones were slower on a CPU: their intermediate values leave its caches.
    private const int BatchSize = 100;

    /// <summary>Evaluates all images; the network is left as it was.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled, between two batches.</exception>
    public static EvaluationResult Evaluate(FashionCnn network, ImageTensors data, CancellationToken cancellation = default)
    {
        bool wasTraining = network.training;
        network.eval();
        try
        {
            using IDisposable noGradients = no_grad();
            using DisposeScope scope = NewDisposeScope();
            return Count(network, data, cancellation);
        }
        finally
        {
            network.train(wasTraining);
        }
    }

    // The counts stay on the device until all batches are done: nothing waits in between.
    private static EvaluationResult Count(FashionCnn network, ImageTensors data, CancellationToken cancellation)
    {
        Device device = network.Device;
        int classes = data.ClassCount;
        Tensor counts = zeros(classes * classes, ScalarType.Int64, device);
        Tensor loss = zeros(1, ScalarType.Float64, device);
        foreach (ImageBatch batch in data.InOrder(BatchSize))
        {
            cancellation.ThrowIfCancellationRequested();
            using ImageBatch images = batch;
            using DisposeScope intermediates = NewDisposeScope();
            Tensor logits = network.call(batch.Images);
            loss.add_(nn.functional.cross_entropy(logits, batch.Labels, reduction: nn.Reduction.Sum));
            counts.add_((batch.Labels * classes + logits.argmax(1)).bincount(null, minlength: classes * classes));
        }
        return new EvaluationResult(
            loss.item<double>() / data.Count, new ConfusionMatrix(counts.cpu().data<long>().ToArray(), classes));
    }
}
