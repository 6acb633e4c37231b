namespace Hpo.Interop.Samplers;

/// <summary>
/// The genetic algorithm NSGA-II, Optuna's default for several objectives before 5.0. Optuna's <c>NSGAIISampler</c>;
/// source: Deb et al., A Fast and Elitist Multiobjective Genetic Algorithm, 2002.
/// </summary>
public sealed record NsgaIISampler : NsgaSampler
{
    internal override string ClassName => "NSGAIISampler";
}
