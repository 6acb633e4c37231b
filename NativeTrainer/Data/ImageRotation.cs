namespace Hpo.NativeTrainer.Data;

/// <summary>
/// Turns images of one size about their centre by one angle: bilinear interpolation, zeros around the image. The weights
/// are computed once, for all images.
/// </summary>
internal sealed class ImageRotation
{
    private const int Neighbours = 4;

    // For each pixel of the result, its four neighbours in the image.
    private readonly int[] _sources;
    private readonly float[] _weights;

    /// <param name="height">Rows of an image.</param>
    /// <param name="width">Columns of an image.</param>
    /// <param name="degrees">The angle, counter-clockwise as the image is seen with its first row on top.</param>
    public ImageRotation(int height, int width, double degrees)
    {
        _sources = new int[height * width * Neighbours];
        _weights = new float[_sources.Length];
        (double sine, double cosine) = Math.SinCos(double.DegreesToRadians(degrees));
        double centreRow = (height - 1) / 2.0, centreColumn = (width - 1) / 2.0;
        int next = 0;
        for (int row = 0; row < height; row++)
        {
            for (int column = 0; column < width; column++)
            {
                double down = row - centreRow, right = column - centreColumn;
                double sourceRow = centreRow + (cosine * down) + (sine * right);
                double sourceColumn = centreColumn - (sine * down) + (cosine * right);
                AddNeighbours(ref next, height, width, sourceRow, sourceColumn);
            }
        }
    }

    /// <summary>Turns one image into another of the same size.</summary>
    public void Apply(ReadOnlySpan<float> image, Span<float> result)
    {
        ReadOnlySpan<int> sources = _sources;
        ReadOnlySpan<float> weights = _weights;
        for (int pixel = 0; pixel < result.Length; pixel++)
        {
            int first = pixel * Neighbours;
            float sum = (weights[first] * image[sources[first]])
                + (weights[first + 1] * image[sources[first + 1]])
                + (weights[first + 2] * image[sources[first + 2]])
                + (weights[first + 3] * image[sources[first + 3]]);
            result[pixel] = MathF.Min(sum, 1); // The rounded weights may add up to a little more than 1.
        }
    }

    private void AddNeighbours(ref int next, int height, int width, double sourceRow, double sourceColumn)
    {
        int top = (int)Math.Floor(sourceRow), left = (int)Math.Floor(sourceColumn);
        double below = sourceRow - top, beside = sourceColumn - left;
        for (int neighbour = 0; neighbour < Neighbours; neighbour++, next++)
        {
            int row = top + (neighbour / 2), column = left + (neighbour % 2);
            if (row < 0 || row >= height || column < 0 || column >= width) continue; // Zero weight of pixel 0.
            _sources[next] = (row * width) + column;
            _weights[next] = (float)((row == top ? 1 - below : below) * (column == left ? 1 - beside : beside));
        }
    }
}
