using SkiaSharp;

namespace Hpo.NativeTrainer.Data.ImageFolders;

/// <summary>A picture cannot be decoded.</summary>
/// <param name="problem">Why, without its path.</param>
internal sealed class PictureException(string problem) : Exception(problem);

/// <summary>
/// Decodes pictures to a size, in red, green and blue, as they are to be seen. Colour profiles are not applied.
/// </summary>
/// <param name="height">Rows of the results.</param>
/// <param name="width">Columns of the results.</param>
/// <param name="fit">How other proportions are brought to those of the results.</param>
internal sealed class PictureDecoder(int height, int width, ImageFit fit)
{
    /// <summary>The most pixels of a picture: a small file can claim to hold more than the memory does.</summary>
    public const long MaxPixels = 100_000_000;

    // Of more only one is decoded at a time: such a one takes up to 400 MB.
    private const long LargePixels = 16_000_000;

    private static readonly Lock Large = new();

    /// <summary>Bytes of a result.</summary>
    public int ResultLength => height * width * 3;

    /// <param name="content">A file.</param>
    /// <param name="result">Three bytes a pixel.</param>
    /// <exception cref="PictureException">It is no picture, damaged, or too large.</exception>
    public void Decode(byte[] content, Span<byte> result)
    {
        if (content.Length == 0) throw new PictureException("it is empty");
        using SKCodec codec = SKCodec.Create(new MemoryStream(content))
            ?? throw new PictureException("it is no PNG or JPEG file");
        (long rows, long columns) = (codec.Info.Height, codec.Info.Width);
        if (rows * columns > MaxPixels)
            throw new PictureException(
                FormattableString.Invariant($"it has {columns} × {rows} pixels, more than {MaxPixels:#,0}"));
        if (rows * columns <= LargePixels)
        {
            Decode(codec, result);
            return;
        }
        lock (Large) Decode(codec, result);
    }

    private void Decode(SKCodec codec, Span<byte> result)
    {
        bool transposed = PictureOrientation.IsTransposed(codec.EncodedOrigin);
        (int storedHeight, int storedWidth) = transposed ? (width, height) : (height, width);
        SKSizeI size = DecodedSize(codec, storedHeight, storedWidth);
        using var bitmap = new SKBitmap();
        if (!bitmap.TryAllocPixels(new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Premul)))
            throw new PictureException($"there is no memory for its {size.Width} × {size.Height} pixels");
        SKCodecResult decoded = codec.GetPixels(bitmap.Info, bitmap.GetPixels());
        if (decoded != SKCodecResult.Success)
            throw new PictureException(
                decoded == SKCodecResult.IncompleteInput ? "it ends early" : $"it cannot be decoded ({decoded})");

        Span<byte> stored = codec.EncodedOrigin == SKEncodedOrigin.TopLeft ? result : new byte[ResultLength];
        PictureResize.Apply(bitmap.GetPixelSpan(), size.Height, size.Width, fit, stored, storedHeight, storedWidth);
        if (stored != result) PictureOrientation.Apply(stored, codec.EncodedOrigin, height, width, result);
    }

    // JPEG files can be decoded to an eighth and more in a fraction of the time; twice the result's size is left to the
    // filter.
    private static SKSizeI DecodedSize(SKCodec codec, int height, int width)
    {
        const float Spare = 2;
        float scale = Math.Max(Spare * height / codec.Info.Height, Spare * width / codec.Info.Width);
        return scale < 1 ? codec.GetScaledDimensions(scale) : codec.Info.Size;
    }
}
