using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Samplers;

/// <summary>What the genetic samplers <see cref="NsgaIISampler"/> and <see cref="NsgaIIISampler"/> have in common.</summary>
public abstract record NsgaSampler : Sampler
{
    private protected NsgaSampler()
    {
    }

    /// <summary>How many trials a generation has, at least 2. Default 50.</summary>
    public int PopulationSize { get; init; } = 50;

    /// <summary>How numerical parameters mutate; null (the default) draws them anew. Since Optuna 5.0.</summary>
    public Mutation? Mutation { get; init; }

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

    /// <summary>Chooses from a population the trials that become parents; null (the default) for the algorithm's own
    /// choice. Since Optuna 3.3 (NSGA-III: 3.5).</summary>
    public Func<Study, IReadOnlyList<FrozenTrial>, IReadOnlyList<FrozenTrial>>? ElitePopulationSelectionStrategy { get; init; }

    /// <summary>Makes a child's parameters from the search space and the parents; null (the default) for crossover and
    /// mutation. Since Optuna 3.3.</summary>
    public Func<Study, IReadOnlyDictionary<string, Distribution>, IReadOnlyList<FrozenTrial>, IReadOnlyDictionary<string, object?>>? ChildGenerationStrategy { get; init; }

    /// <summary>Called when a trial ends, with its state and values; null (the default) records its constraints. Since
    /// Optuna 3.3.</summary>
    public Action<Study, FrozenTrial, TrialState, IReadOnlyList<double>?>? AfterTrialStrategy { get; init; }

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("population_size", PopulationSize, 50);
        arguments.AddComponent("mutation", Mutation);
        arguments.Add("mutation_prob", MutationProb, null);
        arguments.AddComponent("crossover", Crossover);
        arguments.Add("crossover_prob", CrossoverProb, 0.9);
        arguments.Add("swapping_prob", SwappingProb, 0.5);
        arguments.Add("seed", Seed, null);
        arguments.AddConstraints(ConstraintsFunc);
        arguments.AddStrategy("elite_population_selection_strategy", ElitePopulationSelectionStrategy is { } select ? Selection(select) : null);
        arguments.AddStrategy("child_generation_strategy", ChildGenerationStrategy is { } generate ? Generation(generate) : null);
        arguments.AddStrategy("after_trial_strategy", AfterTrialStrategy is { } after ? Completion(after) : null);
    }

    private static Func<GlueLibrary, PythonCallback> Selection(
        Func<Study, IReadOnlyList<FrozenTrial>, IReadOnlyList<FrozenTrial>> select) => glue => values =>
    {
        using var study = new Study(glue, values[0].AsHandle());
        return PythonValue.List(select(study, FrozenTrials.ListFromPython(values[1])), trial => trial.Number);
    };

    private static Func<GlueLibrary, PythonCallback> Generation(
        Func<Study, IReadOnlyDictionary<string, Distribution>, IReadOnlyList<FrozenTrial>, IReadOnlyDictionary<string, object?>> generate) =>
        glue => values =>
        {
            using var study = new Study(glue, values[0].AsHandle());
            return Objects.ToPython(
                generate(study, FrozenTrials.Distributions(values[1]), FrozenTrials.ListFromPython(values[2])));
        };

    private static Func<GlueLibrary, PythonCallback> Completion(
        Action<Study, FrozenTrial, TrialState, IReadOnlyList<double>?> after) => glue => values =>
    {
        using var study = new Study(glue, values[0].AsHandle());
        after(study, FrozenTrials.FromPython(values[1]), TrialStates.Parse(values[2].AsString()), FrozenTrials.Values(values[3]));
        return PythonValue.None;
    };
}
