using Hpo.Interop.Glue;

namespace Hpo.Interop.Samplers;

/// <summary>
/// Tries every combination of the given values, and stops the study when all were tried. Optuna's <c>GridSampler</c>.
/// </summary>
/// <param name="SearchSpace">The values of each parameter by name: bool, int, long, double, string or null.</param>
public sealed record GridSampler(IReadOnlyDictionary<string, IReadOnlyList<object?>> SearchSpace) : Sampler
{
    /// <summary>The seed of the order in which the grid is visited; null (the default) for a fixed order.</summary>
    public long? Seed { get; init; }

    internal override string ClassName => "GridSampler";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.AddRequired("search_space", SearchSpace);
        arguments.Add("seed", Seed, null);
    }
}
