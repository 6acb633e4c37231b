using Hpo.Interop.Glue;

namespace Hpo.Interop.Samplers;

/// <summary>
/// Bayesian optimisation with a Gaussian process, over the Python packages <c>scipy</c> and <c>torch</c>. Optuna's
/// <c>GPSampler</c>, since 3.6.
/// </summary>
/// <remarks>Python's <c>torch</c> and TorchSharp cannot be in one process: a study with this sampler refuses to start where
/// libtorch is loaded already. Train in a process of its own then.</remarks>
public sealed record GpSampler : Sampler
{
    /// <summary>The seed of the random numbers, 0 … 2³²−1; null (the default) for a different one each time.</summary>
    public long? Seed { get; init; }

    /// <summary>What samples the first trials and conditional parameters; null (the default) for random sampling.</summary>
    public Sampler? IndependentSampler { get; init; }

    /// <summary>How many trials the independent sampler takes first, at least 0. Default 10.</summary>
    public int NStartupTrials { get; init; } = 10;

    /// <summary>Whether the same parameters always give the same value. Default false.</summary>
    public bool DeterministicObjective { get; init; }

    /// <summary>The constraints of a trial, of which values above 0 are violations; null (the default) for none. Since
    /// Optuna 4.2.</summary>
    public Func<FrozenTrial, IReadOnlyList<double>>? ConstraintsFunc { get; init; }

    /// <summary>Whether to warn when a parameter is sampled independently. Default true. Since Optuna 4.5.</summary>
    public bool WarnIndependentSampling { get; init; } = true;

    internal override string ClassName => "GPSampler";

    internal override bool NeedsTorch => true;

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("seed", Seed, null);
        arguments.AddComponent("independent_sampler", IndependentSampler);
        arguments.Add("n_startup_trials", NStartupTrials, 10);
        arguments.Add("deterministic_objective", DeterministicObjective, false);
        arguments.AddConstraints(ConstraintsFunc);
        arguments.Add("warn_independent_sampling", WarnIndependentSampling, true);
    }
}
