using Hpo.Interop.Glue;

namespace Hpo.Interop.Samplers;

/// <summary>Quasi Monte Carlo: sequences that cover the space more evenly than random numbers, over scipy. Optuna's
/// <c>QMCSampler</c>.</summary>
public sealed record QmcSampler : Sampler
{
    /// <summary>The sequence: <c>sobol</c> (the default) or <c>halton</c>.</summary>
    public string QmcType { get; init; } = "sobol";

    /// <summary>Whether the sequence is scrambled. Default false.</summary>
    public bool Scramble { get; init; }

    /// <summary>The seed of the scrambling, 0 … 2³²−1; null (the default) for a different one each time.</summary>
    public long? Seed { get; init; }

    /// <summary>What samples the parameters that the sequence cannot; null (the default) for random sampling.</summary>
    public Sampler? IndependentSampler { get; init; }

    /// <summary>Whether to warn when parallel workers may use one point twice. Default true.</summary>
    public bool WarnAsynchronousSeeding { get; init; } = true;

    /// <summary>Whether to warn when a parameter is sampled independently. Default true.</summary>
    public bool WarnIndependentSampling { get; init; } = true;

    internal override string ClassName => "QMCSampler";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("qmc_type", QmcType, "sobol");
        arguments.Add("scramble", Scramble, false);
        arguments.Add("seed", Seed, null);
        arguments.AddComponent("independent_sampler", IndependentSampler);
        arguments.Add("warn_asynchronous_seeding", WarnAsynchronousSeeding, true);
        arguments.Add("warn_independent_sampling", WarnIndependentSampling, true);
    }
}
