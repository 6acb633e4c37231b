using Hpo.Interop.Glue;

namespace Hpo.Interop.Samplers;

/// <summary>
/// CMA-ES for numerical parameters, over the Python package <c>cmaes</c>. Optuna's <c>CmaEsSampler</c>; source: Hansen,
/// The CMA Evolution Strategy: A Tutorial, 2016.
/// </summary>
public sealed record CmaEsSampler : Sampler
{
    /// <summary>The start of each parameter by name; null (the default) for the middle of its range.</summary>
    public IReadOnlyDictionary<string, object?>? X0 { get; init; }

    /// <summary>The initial standard deviation, above 0; null (the default) for a sixth of the smallest range.</summary>
    public double? Sigma0 { get; init; }

    /// <summary>How many trials the independent sampler takes first, at least 0. Default 1.</summary>
    public int NStartupTrials { get; init; } = 1;

    /// <summary>What samples the parameters that CMA-ES cannot; null (the default) for random sampling.</summary>
    public Sampler? IndependentSampler { get; init; }

    /// <summary>Whether to warn when a parameter is sampled independently. Default true.</summary>
    public bool WarnIndependentSampling { get; init; } = true;

    /// <summary>The seed of the random numbers, 0 … 2³²−1; null (the default) for a different one each time.</summary>
    public long? Seed { get; init; }

    /// <summary>Whether pruned trials count with their last value. Default false.</summary>
    public bool ConsiderPrunedTrials { get; init; }

    /// <summary>What happens when it converged: <c>ipop</c>, <c>bipop</c>, or null (the default) for nothing.</summary>
    public string? RestartStrategy { get; init; }

    /// <summary>The population's size, at least 1; null (the default) for 4 + ⌊3 ln d⌋ with d parameters.</summary>
    public int? Popsize { get; init; }

    /// <summary>The factor that a restart grows the population by, at least 1. Default 2.</summary>
    public int IncPopsize { get; init; } = 2;

    /// <summary>Whether the covariance is restricted to a diagonal. Default false.</summary>
    public bool UseSeparableCma { get; init; }

    /// <summary>Whether a margin keeps discrete parameters from sticking. Default false.</summary>
    public bool WithMargin { get; init; }

    /// <summary>Whether the learning rate adapts to noisy and multimodal objectives. Default false. Since Optuna
    /// 3.3.</summary>
    public bool LrAdapt { get; init; }

    /// <summary>Trials of an earlier study to start from; null (the default) for none.</summary>
    public IReadOnlyList<FrozenTrial>? SourceTrials { get; init; }

    internal override string ClassName => "CmaEsSampler";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("x0", X0, null);
        arguments.Add("sigma0", Sigma0, null);
        arguments.Add("n_startup_trials", NStartupTrials, 1);
        arguments.AddComponent("independent_sampler", IndependentSampler);
        arguments.Add("warn_independent_sampling", WarnIndependentSampling, true);
        arguments.Add("seed", Seed, null);
        arguments.Add("consider_pruned_trials", ConsiderPrunedTrials, false);
        arguments.Add("restart_strategy", RestartStrategy, null);
        arguments.Add("popsize", Popsize, null);
        arguments.Add("inc_popsize", IncPopsize, 2);
        arguments.Add("use_separable_cma", UseSeparableCma, false);
        arguments.Add("with_margin", WithMargin, false);
        arguments.Add("lr_adapt", LrAdapt, false);
        arguments.AddTrials("source_trials", SourceTrials);
    }
}
