namespace Hpo.NativeTrainer.Data;

/// <summary>Labelled images of one size, in the order of their file or their folder.</summary>
/// <param name="Pixels">Brightness in [0, 1]: Count × Height × Width × Channels values, row-major.</param>
/// <param name="Labels">The class of each image, an index into <paramref name="ClassNames"/>.</param>
/// <param name="Height">Rows of an image.</param>
/// <param name="Width">Columns of an image.</param>
/// <param name="ClassNames">What the classes are called.</param>
internal sealed record ImageDataset(
    float[] Pixels, byte[] Labels, int Height, int Width, IReadOnlyList<string> ClassNames)
{
    private static readonly float[] Brightness = [.. Enumerable.Range(0, 256).Select(value => value / 255f)];

    /// <summary>The number of images.</summary>
    public int Count => Labels.Length;

    /// <summary>1 (the default) for grey images, 3 for red, green and blue, which lie side by side.</summary>
    public int Channels { get; init; } = 1;

    /// <summary>Identifies what was read, wherever it lies; null for a published data set.</summary>
    public string? Fingerprint { get; init; }

    /// <summary>What a user should know of what was read, a line each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>What the images have in common.</summary>
    public ImageFormat Format => new(Channels, Height, Width, ClassNames);

    /// <summary>The number of values of one image.</summary>
    public int PixelCount => Height * Width * Channels;

    /// <summary>Puts a file of images and the file of their labels together.</summary>
    /// <exception cref="ArgumentException">They do not belong together.</exception>
    public static ImageDataset From(IdxFile images, IdxFile labels, IReadOnlyList<string> classNames)
    {
        if (images.Shape[0] != labels.Shape[0])
            throw new ArgumentException($"There are {images.Shape[0]} images and {labels.Shape[0]} labels.", nameof(labels));
        if (Array.FindIndex(labels.Values, label => label >= classNames.Count) is >= 0 and int row)
            throw new ArgumentException(
                $"Image {row} has the label {labels.Values[row]}; there are {classNames.Count} classes.", nameof(labels));
        return new ImageDataset(Scale(images.Values), labels.Values, images.Shape[1], images.Shape[2], classNames);
    }

    /// <summary>Brings brightnesses of 0 to 255 to [0, 1].</summary>
    public static float[] Scale(byte[] values)
    {
        const int BlockLength = 1 << 20;
        float[] pixels = GC.AllocateUninitializedArray<float>(values.Length);
        Parallel.For(0, (values.Length + BlockLength - 1) / BlockLength, block =>
        {
            int end = Math.Min((block + 1) * BlockLength, values.Length);
            for (int pixel = block * BlockLength; pixel < end; pixel++) pixels[pixel] = Brightness[values[pixel]];
        });
        return pixels;
    }

    /// <summary>The pixels of one image.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ReadOnlySpan<float> Image(int index)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Count);
        return Pixels.AsSpan(index * PixelCount, PixelCount);
    }

    /// <summary>A copy of some images, in the order of the indices; one may be there more than once.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such image.</exception>
    public ImageDataset Select(ReadOnlySpan<int> indices)
    {
        float[] pixels = GC.AllocateUninitializedArray<float>(indices.Length * PixelCount);
        var labels = new byte[indices.Length];
        for (int row = 0; row < indices.Length; row++)
        {
            Image(indices[row]).CopyTo(pixels.AsSpan(row * PixelCount));
            labels[row] = Labels[indices[row]];
        }
        return this with { Pixels = pixels, Labels = labels };
    }

    /// <summary>Some of the images, every class with its share; null for all.</summary>
    /// <inheritdoc cref="StratifiedSplit.Subset" path="/exception"/>
    public ImageDataset Subset(int? count, ulong seed) =>
        count is { } images ? Select(StratifiedSplit.Subset(Labels, images, seed)) : this;

    /// <summary>Parts the images, every class with its share.</summary>
    /// <inheritdoc cref="StratifiedSplit.Of" path="/exception"/>
    public (ImageDataset Train, ImageDataset Validation) Split(double validation, ulong seed)
    {
        StratifiedSplit split = StratifiedSplit.Of(Labels, validation, seed);
        return (Select(split.Train), Select(split.Validation));
    }
}
