using static TorchSharp.torch;

namespace Hpo.NativeTrainer.Torch;

/// <summary>Some images of a data set; the receiver disposes it.</summary>
/// <param name="Images">Brightness in [0, 1], of shape (n, height, width, channels).</param>
/// <param name="Labels">Their classes, of shape (n).</param>
internal readonly record struct ImageBatch(Tensor Images, Tensor Labels) : IDisposable
{
    public int Count => checked((int)Labels.shape[0]);

    public void Dispose()
    {
        Images.Dispose();
        Labels.Dispose();
    }
}
