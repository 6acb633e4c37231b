using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Samplers;

/// <summary>
/// The genetic algorithm NSGA-III, made for many objectives. Optuna's <c>NSGAIIISampler</c>, since 3.2; source: Deb and Jain,
/// An Evolutionary Many-Objective Optimization Algorithm Using Reference-Point-Based Nondominated Sorting, 2014.
/// </summary>
public sealed record NsgaIIISampler : NsgaSampler
{
    /// <summary>The reference points, one value for each objective; null (the default) spreads them evenly.</summary>
    public IReadOnlyList<IReadOnlyList<double>>? ReferencePoints { get; init; }

    /// <summary>How finely the default reference points divide each objective, at least 1. Default 3.</summary>
    public int DividingParameter { get; init; } = 3;

    internal override string ClassName => "NSGAIIISampler";

    internal override void Describe(ComponentArguments arguments)
    {
        base.Describe(arguments);
        arguments.AddAdapted(
            "reference_points",
            ReferencePoints is { } points
                ? () => PythonValue.List(points, point => PythonValue.List(point, value => value))
                : null,
            "points");
        arguments.Add("dividing_parameter", DividingParameter, 3);
    }
}
