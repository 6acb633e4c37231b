using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Visualization;

/// <summary>
/// One of Optuna's plots, and what it shows. <see cref="ToPlotly"/> draws it as an interactive page,
/// <see cref="ToMatplotlib"/> as a picture.
/// </summary>
public abstract record Plot : OptunaComponent
{
    private protected Plot()
    {
    }

    internal override string Module => "visualization";

    /// <summary>Whether the plot compares studies.</summary>
    internal virtual bool TakesSeveralStudies => false;

    /// <summary>Draws with Plotly. Optuna's <c>visualization</c>.</summary>
    /// <param name="studies">The study; for a plot that compares them, one or more.</param>
    /// <exception cref="ArgumentException">No study was given, or several to a plot that shows one.</exception>
    /// <exception cref="OptunaFeatureException">The installed Optuna lacks the plot, or Plotly is not installed.</exception>
    /// <exception cref="PythonCallException">Optuna refuses, e.g. (<c>ValueError</c>) a parameter that no trial has.</exception>
    public PlotlyFigure ToPlotly(params IReadOnlyList<Study> studies) =>
        Draw("plotly_figure", studies, (glue, figure) => new PlotlyFigure(glue, figure));

    /// <summary>Draws with Matplotlib. Optuna's <c>visualization.matplotlib</c>.</summary>
    /// <param name="studies">The study; for a plot that compares them, one or more.</param>
    /// <exception cref="ArgumentException">No study was given, or several to a plot that shows one.</exception>
    /// <exception cref="OptunaFeatureException">The installed Optuna lacks the plot, or Matplotlib is not installed.</exception>
    /// <exception cref="PythonCallException">Optuna refuses, e.g. (<c>ValueError</c>) a parameter that no trial has.</exception>
    public MatplotlibFigure ToMatplotlib(params IReadOnlyList<Study> studies) =>
        Draw("matplotlib_figure", studies, (glue, figure) => new MatplotlibFigure(glue, figure));

    private T Draw<T>(string function, IReadOnlyList<Study> studies, Func<GlueLibrary, PythonHandle, T> wrap)
    {
        ArgumentNullException.ThrowIfNull(studies);
        if (studies.Count == 0) throw new ArgumentException("A plot needs a study.", nameof(studies));
        if (studies.Count > 1 && !TakesSeveralStudies)
            throw new ArgumentException($"{GetType().Name} shows one study, not {studies.Count}.", nameof(studies));
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        var arguments = new ComponentArguments(glue);
        Describe(arguments);
        PythonValue shown = studies is [var single] ? single.Handle : PythonValue.List(studies, study => study.Handle);
        return wrap(glue, glue.Visualization.Call(function, ClassName, shown, arguments.Values).AsHandle());
    }
}
