using Hpo.Interop.Glue;

namespace Hpo.Interop.Samplers;

/// <summary>
/// The genetic algorithm NSGA-II, Optuna's default for several objectives. Optuna's <c>NSGAIISampler</c>; source: Deb et
/// al., A Fast and Elitist Multiobjective Genetic Algorithm, 2002.
/// </summary>
public sealed record NsgaIISampler : Sampler
{
    /// <summary>How many trials a generation has, at least 2. Default 50.</summary>
    public int PopulationSize { get; init; } = 50;

    /// <summary>The probability that a parameter mutates, 0 … 1; null (the default) for 1 / number of parameters.</summary>
    public double? MutationProb { get; init; }

    /// <summary>How numerical parameters of parents are combined; null (the default) for uniform crossover.</summary>
    public Crossover? Crossover { get; init; }

    /// <summary>The probability that a child has two parents, 0 … 1. Default 0.9.</summary>
    public double CrossoverProb { get; init; } = 0.9;

    /// <summary>The probability that uniform crossover swaps a parameter, 0 … 1. Default 0.5.</summary>
    public double SwappingProb { get; init; } = 0.5;

    /// <summary>The seed of the random numbers, 0 … 2³²−1; null (the default) for a different one each time.</summary>
    public long? Seed { get; init; }

    /// <summary>The constraints of a trial, of which values above 0 are violations; null (the default) for none.</summary>
    public Func<FrozenTrial, IReadOnlyList<double>>? ConstraintsFunc { get; init; }

    internal override string ClassName => "NSGAIISampler";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("population_size", PopulationSize, 50);
        arguments.Add("mutation_prob", MutationProb, null);
        arguments.AddComponent("crossover", Crossover);
        arguments.Add("crossover_prob", CrossoverProb, 0.9);
        arguments.Add("swapping_prob", SwappingProb, 0.5);
        arguments.Add("seed", Seed, null);
        arguments.AddConstraints(ConstraintsFunc);
    }
}
