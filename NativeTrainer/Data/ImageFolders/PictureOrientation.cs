using SkiaSharp;

namespace Hpo.NativeTrainer.Data.ImageFolders;

/// <summary>Turns a picture as its EXIF orientation says: cameras store what the sensor saw.</summary>
internal static class PictureOrientation
{
    /// <summary>Are rows and columns exchanged?</summary>
    public static bool IsTransposed(SKEncodedOrigin origin) => origin is
        SKEncodedOrigin.LeftTop or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;

    /// <summary>Turns an image of three bytes a pixel.</summary>
    /// <param name="stored">The image as it is stored.</param>
    /// <param name="origin">Where its first row and column belong.</param>
    /// <param name="height">Rows of the result.</param>
    /// <param name="width">Columns of the result.</param>
    /// <param name="result">The image as it is to be seen.</param>
    public static void Apply(ReadOnlySpan<byte> stored, SKEncodedOrigin origin, int height, int width, Span<byte> result)
    {
        bool transposed = IsTransposed(origin);
        bool fromRight = origin is SKEncodedOrigin.TopRight or SKEncodedOrigin.BottomRight
            or SKEncodedOrigin.RightBottom or SKEncodedOrigin.LeftBottom;
        bool fromBelow = origin is SKEncodedOrigin.BottomRight or SKEncodedOrigin.BottomLeft
            or SKEncodedOrigin.RightTop or SKEncodedOrigin.RightBottom;
        (int storedHeight, int storedWidth) = transposed ? (width, height) : (height, width);
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                (int down, int right) = transposed ? (column, row) : (row, column);
                if (fromRight) right = storedWidth - 1 - right;
                if (fromBelow) down = storedHeight - 1 - down;
                stored.Slice(((down * storedWidth) + right) * 3, 3).CopyTo(result[(((row * width) + column) * 3)..]);
            }
        }
    }
}
