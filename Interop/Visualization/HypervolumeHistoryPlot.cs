using Hpo.Interop.Glue;

namespace Hpo.Interop.Visualization;

/// <summary>
/// The volume that the Pareto front dominates, by trial. Optuna's <c>plot_hypervolume_history</c>, from Optuna 3.3.
/// </summary>
/// <param name="ReferencePoint">A point that is worse than every trial of interest: one value for each objective.</param>
public sealed record HypervolumeHistoryPlot(IReadOnlyList<double> ReferencePoint) : Plot
{
    internal override string ClassName => "plot_hypervolume_history";

    internal override void Describe(ComponentArguments arguments) => arguments.AddRequired("reference_point", ReferencePoint);
}
