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

    /// <summary>Whether a study has tried every combination. Optuna's <c>is_exhausted</c>, since 4.0.</summary>
    /// <param name="study">The study.</param>
    /// <exception cref="OptunaFeatureException">The installed Optuna is older.</exception>
    public bool IsExhausted(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        GlueLibrary glue = OptunaRuntime.Current.Glue;
        return glue.Custom.Call("is_exhausted", Build(glue), study.Handle).AsBool();
    }

    internal override string ClassName => "GridSampler";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.AddRequired("search_space", SearchSpace);
        arguments.Add("seed", Seed, null);
    }
}
