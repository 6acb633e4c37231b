using Hpo.NativeTrainer.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Torch;

/// <summary>
/// A data set as two tensors on the device that computes: batches are gathered there, and nothing is converted or copied
/// to it while training. Safe to read from several threads.
/// </summary>
internal sealed class ImageTensors : IDisposable
{
    private readonly Tensor _images;
    private readonly Tensor _labels;

    private ImageTensors(Tensor images, Tensor labels, ImageFormat format)
    {
        _images = images;
        _labels = labels;
        Format = format;
    }

    /// <summary>The number of images.</summary>
    public int Count => checked((int)_labels.numel());

    /// <summary>What the images have in common.</summary>
    public ImageFormat Format { get; }

    public int ClassCount => Format.ClassNames.Count;

    /// <param name="data">The images; on a CPU the tensor is their array itself.</param>
    /// <param name="device">Where they are wanted.</param>
    public static ImageTensors From(ImageDataset data, Device device)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor images = as_tensor(data.Pixels).reshape(data.Count, data.Height, data.Width, data.Channels).to(device);
        Tensor labels = as_tensor(Array.ConvertAll(data.Labels, label => (long)label)).to(device);
        return new ImageTensors(images.DetachFromDisposeScope(), labels.DetachFromDisposeScope(), data.Format);
    }

    /// <summary>All images once, in a random order; the last batch may be smaller.</summary>
    public IEnumerable<ImageBatch> Shuffled(int batchSize, Generator random)
    {
        using Tensor order = randperm(Count, device: _images.device, generator: random).DetachFromDisposeScope();
        for (int start = 0; start < Count; start += batchSize)
        {
            using Tensor rows = order.slice(0, start, Math.Min(start + batchSize, Count), 1);
            yield return new ImageBatch(_images.index_select(0, rows), _labels.index_select(0, rows));
        }
    }

    /// <summary>All images once, in their order.</summary>
    public IEnumerable<ImageBatch> InOrder(int batchSize)
    {
        for (int start = 0; start < Count; start += batchSize)
        {
            int end = Math.Min(start + batchSize, Count);
            yield return new ImageBatch(_images.slice(0, start, end, 1), _labels.slice(0, start, end, 1));
        }
    }

    public void Dispose()
    {
        _images.Dispose();
        _labels.Dispose();
    }
}
