using SkiaSharp;

namespace Hpo.NativeTrainer.Data.ImageFolders;

/// <summary>The size of the images where none is asked for.</summary>
internal static class PictureSizes
{
    /// <summary>The most rows and columns that are taken from the pictures themselves.</summary>
    public const int MaxOwnSize = 64;

    /// <summary>Rows and columns for pictures of several sizes, or large ones.</summary>
    public const int DefaultSize = 32;

    // A file of more is no picture of 64 × 64 pixels, or an unusual one.
    private const long MaxOwnLength = 1 << 20;

    /// <summary>The pictures' own size where all have one, and it is small; else the default.</summary>
    public static (int Height, int Width) Of(IReadOnlyList<Picture> pictures)
    {
        (int Height, int Width)? common = null;
        foreach (Picture picture in pictures)
        {
            if (SizeOf(picture.Path) is not { } size) continue;
            common ??= size;
            if (size != common || !IsOwn(size.Height) || !IsOwn(size.Width)) return (DefaultSize, DefaultSize);
        }
        return common ?? (DefaultSize, DefaultSize);
    }

    private static bool IsOwn(int side) => side is >= ImageFormat.MinSize and <= MaxOwnSize;

    // Null for a broken file, which whoever decodes it tells.
    private static (int Height, int Width)? SizeOf(string path)
    {
        try
        {
            if (new FileInfo(path).Length > MaxOwnLength) return (int.MaxValue, int.MaxValue);
            using SKCodec? codec = SKCodec.Create(new MemoryStream(File.ReadAllBytes(path)));
            if (codec is null) return null;
            (int height, int width) = (codec.Info.Height, codec.Info.Width);
            return PictureOrientation.IsTransposed(codec.EncodedOrigin) ? (width, height) : (height, width);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
