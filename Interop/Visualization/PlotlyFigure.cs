using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Visualization;

/// <summary>
/// A plot drawn with Plotly: an interactive page. <see cref="Figure.ToPng"/> and <see cref="Figure.ToSvg"/> need the
/// Python package kaleido, and throw <see cref="OptunaFeatureException"/> without it.
/// </summary>
public sealed class PlotlyFigure : Figure
{
    internal PlotlyFigure(GlueLibrary glue, PythonHandle figure)
        : base(glue, figure)
    {
    }

    private protected override string ImageFunction => "plotly_image";

    /// <summary>The plot as a page of its own, which needs no network: plotly.js, some megabytes, is part of it.</summary>
    public string ToHtml() => Call("plotly_html").AsString();

    /// <summary>The plot as Plotly's JSON: an object with <c>data</c> and <c>layout</c>.</summary>
    public string ToJson() => Call("plotly_json").AsString();
}
