namespace Hpo.NativeTrainer.Data;

/// <summary>Labelled grey images of one size, in the order of their file.</summary>
/// <param name="Pixels">Brightness in [0, 1]: Count × Height × Width values, row-major.</param>
/// <param name="Labels">The class of each image, an index into <paramref name="ClassNames"/>.</param>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Columns of an image.</param>
/// <param name="ClassNames">What the classes are called.</param>
internal sealed record ImageDataset(
    float[] Pixels, byte[] Labels, int Height, int Width, IReadOnlyList<string> ClassNames)
{
    private const float White = 255;

    /// <summary>The number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>Puts a file of images and the file of their labels together.</summary>
    /// <exception cref="ArgumentException">They do not belong together.</exception>
    public static ImageDataset From(IdxFile images, IdxFile labels, IReadOnlyList<string> classNames)
    {
        if (images.Shape[0] != labels.Shape[0])
            throw new ArgumentException($"There are {images.Shape[0]} images and {labels.Shape[0]} labels.", nameof(labels));
        if (Array.FindIndex(labels.Values, label => label >= classNames.Count) is >= 0 and int row)
            throw new ArgumentException(
                $"Image {row} has the label {labels.Values[row]}; there are {classNames.Count} classes.", nameof(labels));
        var pixels = new float[images.Values.Length];
        for (int pixel = 0; pixel < pixels.Length; pixel++) pixels[pixel] = images.Values[pixel] / White;
        return new ImageDataset(pixels, labels.Values, images.Shape[1], images.Shape[2], classNames);
    }
}
