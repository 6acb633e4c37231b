using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tests.Torch;

/// <summary>The first images of Fashion-MNIST, loaded once.</summary>
internal static class SmallData
{
    private static readonly Lazy<ImageDataset> Training = new(() => FashionMnist.Source.LoadTraining());

    public static ImageDataset Fashion(int count, int skip = 0) =>
        Training.Value.Select([.. Enumerable.Range(skip, count)]);
}
