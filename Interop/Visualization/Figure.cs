using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Visualization;

/// <summary>A drawn plot.</summary>
public abstract class Figure : IDisposable
{
    private readonly PythonHandle _figure;
    private readonly GlueLibrary _glue;

    private protected Figure(GlueLibrary glue, PythonHandle figure) => (_glue, _figure) = (glue, figure);

    private protected abstract string ImageFunction { get; }

    /// <summary>The plot as a PNG image.</summary>
    /// <param name="width">Its width in pixels, about; at least 1. Default 960.</param>
    /// <param name="height">Its height in pixels, about; at least 1. Default 600.</param>
    /// <param name="scale">The image's pixels for each of these pixels, above 0. Default 1.</param>
    public byte[] ToPng(int width = 960, int height = 600, double scale = 1) =>
        Image("png", width, height, scale).AsBytes();

    /// <summary>The plot as an SVG document.</summary>
    /// <param name="width">Its width in pixels, about; at least 1. Default 960.</param>
    /// <param name="height">Its height in pixels, about; at least 1. Default 600.</param>
    public string ToSvg(int width = 960, int height = 600) =>
        System.Text.Encoding.UTF8.GetString(Image("svg", width, height, scale: 1).AsBytes());

    /// <summary>Releases the figure.</summary>
    public void Dispose()
    {
        _figure.Dispose();
        GC.SuppressFinalize(this);
    }

    private protected PythonValue Call(string function) => _glue.Visualization.CallOn(_figure, function);

    private PythonValue Image(string format, int width, int height, double scale)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(height);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(scale);
        return _glue.Visualization.CallOn(_figure, ImageFunction, format, width, height, scale);
    }
}
