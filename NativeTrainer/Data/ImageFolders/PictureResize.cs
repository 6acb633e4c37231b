using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Hpo.NativeTrainer.Data.ImageFolders;

/// <summary>
/// Resizes pictures by a triangle filter that is as wide as a result's pixel in the source: the antialiased bilinear filter
/// of Pillow and torchvision. The same bytes give the same result on every processor; a picture of the right size is
/// unchanged.
/// </summary>
internal static class PictureResize
{
    private const byte White = byte.MaxValue;

    /// <summary>Resizes a picture and puts it on white.</summary>
    /// <param name="source">Four bytes a pixel: red, green and blue, multiplied with alpha, and alpha.</param>
    /// <param name="sourceHeight">Its rows.</param>
    /// <param name="sourceWidth">Its columns.</param>
    /// <param name="fit">How other proportions are brought to those of the result.</param>
    /// <param name="result">Three bytes a pixel.</param>
    /// <param name="height">Its rows.</param>
    /// <param name="width">Its columns.</param>
    public static void Apply(
        ReadOnlySpan<byte> source, int sourceHeight, int sourceWidth, ImageFit fit, Span<byte> result, int height, int width)
    {
        double scaleDown = (double)sourceHeight / height, scaleAcross = (double)sourceWidth / width;
        (double down, double across) = fit switch
        {
            ImageFit.Crop => (Math.Min(scaleDown, scaleAcross), Math.Min(scaleDown, scaleAcross)),
            ImageFit.Pad => (Math.Max(scaleDown, scaleAcross), Math.Max(scaleDown, scaleAcross)),
            _ => (scaleDown, scaleAcross),
        };
        int innerHeight = Inner(sourceHeight, down, height), innerWidth = Inner(sourceWidth, across, width);
        if (fit == ImageFit.Pad) result.Fill(White);
        Taps[] rows = Taps.Of(sourceHeight, innerHeight, down), columns = Taps.Of(sourceWidth, innerWidth, across);
        Vector128<float>[] narrowed = Narrow(MemoryMarshal.Cast<byte, uint>(source), sourceHeight, sourceWidth, columns);
        int top = (height - innerHeight) / 2, left = (width - innerWidth) / 2;
        for (int row = 0; row < innerHeight; row++)
        {
            for (int column = 0; column < innerWidth; column++)
            {
                Vector128<float> sum = Vector128<float>.Zero;
                Taps taps = rows[row];
                for (int tap = 0; tap < taps.Weights.Length; tap++)
                    sum += narrowed[((taps.First + tap) * innerWidth) + column] * taps.Weights[tap];
                PutOnWhite(sum, result[((((top + row) * width) + left + column) * 3)..]);
            }
        }
    }

    // The rows and columns of the result that the picture fills: all, but for a border of Pad.
    private static int Inner(int source, double scale, int all) => Math.Clamp((int)Math.Round(source / scale), 1, all);

    private static Vector128<float>[] Narrow(ReadOnlySpan<uint> source, int height, int width, Taps[] columns)
    {
        var narrowed = new Vector128<float>[height * columns.Length];
        for (int row = 0; row < height; row++)
        {
            ReadOnlySpan<uint> line = source.Slice(row * width, width);
            for (int column = 0; column < columns.Length; column++)
            {
                Taps taps = columns[column];
                Vector128<float> sum = Vector128<float>.Zero;
                for (int tap = 0; tap < taps.Weights.Length; tap++)
                    sum += Channels(line[taps.First + tap]) * taps.Weights[tap];
                narrowed[(row * columns.Length) + column] = sum;
            }
        }
        return narrowed;
    }

    private static Vector128<float> Channels(uint pixel) => Vector128.ConvertToSingle(
        Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(pixel).AsByte())).AsInt32());

    private static void PutOnWhite(Vector128<float> pixel, Span<byte> result)
    {
        float white = White - pixel[3];
        for (int channel = 0; channel < 3; channel++)
            result[channel] = (byte)Math.Clamp((int)MathF.Floor(pixel[channel] + white + 0.5f), 0, White);
    }

    /// <summary>The source's pixels that make one of the result's.</summary>
    private readonly record struct Taps(int First, float[] Weights)
    {
        /// <param name="source">Pixels of the source.</param>
        /// <param name="result">Pixels of the result, which lie around the middle of the source.</param>
        /// <param name="scale">Pixels of the source for one of the result.</param>
        public static Taps[] Of(int source, int result, double scale)
        {
            double start = (source - (result * scale)) / 2, reach = Math.Max(scale, 1);
            return [.. Enumerable.Range(0, result).Select(pixel => Around(start + ((pixel + 0.5) * scale), reach, source))];
        }

        private static Taps Around(double centre, double reach, int source)
        {
            int first = Math.Clamp((int)Math.Floor(centre - reach + 0.5), 0, source - 1);
            int end = Math.Clamp((int)Math.Floor(centre + reach + 0.5), first + 1, source);
            double WeightOf(int pixel) => Math.Max(0, 1 - (Math.Abs(pixel + 0.5 - centre) / reach));
            double[] weights = [.. Enumerable.Range(first, end - first).Select(WeightOf)];
            double sum = weights.Sum();
            return sum > 0
                ? new Taps(first, [.. weights.Select(weight => (float)(weight / sum))])
                : new Taps(first, [1]); // Beyond the edge, where a border was rounded.
        }
    }
}
