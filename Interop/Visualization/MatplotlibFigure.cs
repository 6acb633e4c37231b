using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Visualization;

/// <summary>A plot drawn with Matplotlib, for pictures; no display is needed.</summary>
public sealed class MatplotlibFigure : Figure
{
    internal MatplotlibFigure(GlueLibrary glue, PythonHandle figure)
        : base(glue, figure)
    {
    }

    private protected override string ImageFunction => "matplotlib_image";
}
