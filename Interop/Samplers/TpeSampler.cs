using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;

namespace Hpo.Interop.Samplers;

/// <summary>
/// The tree-structured Parzen estimator, Optuna's default for one objective. Optuna's <c>TPESampler</c>; source:
/// Bergstra et al., Algorithms for Hyper-Parameter Optimization, 2011.
/// </summary>
public sealed record TpeSampler : Sampler
{
    /// <summary>Whether a prior Gaussian over the whole range steadies the estimator. Default true.</summary>
    public bool ConsiderPrior { get; init; } = true;

    /// <summary>The prior's weight, above 0. Default 1.0.</summary>
    public double PriorWeight { get; init; } = 1.0;

    /// <summary>Whether the width of a Gaussian is kept from becoming too small. Default true.</summary>
    public bool ConsiderMagicClip { get; init; } = true;

    /// <summary>Whether the ends of the range count when widths are calculated. Default false.</summary>
    public bool ConsiderEndpoints { get; init; }

    /// <summary>How many trials are random before the estimator is used, at least 0. Default 10.</summary>
    public int NStartupTrials { get; init; } = 10;

    /// <summary>How many candidates are drawn for a suggestion, at least 1. Default 24.</summary>
    public int NEiCandidates { get; init; } = 24;

    /// <summary>How many of n finished trials form the better group; null (the default) for min(⌈0.1 n⌉, 25).</summary>
    public Func<int, int>? Gamma { get; init; }

    /// <summary>The weights of n finished trials, oldest first; null (the default) for 1 for the 25 newest and a ramp
    /// from 1/n for the others.</summary>
    public Func<int, IReadOnlyList<double>>? Weights { get; init; }

    /// <summary>The seed of the random numbers, 0 … 2³²−1; null (the default) for a different one each time.</summary>
    public long? Seed { get; init; }

    /// <summary>Whether parameters are sampled jointly. Null (the default) for the installed Optuna's default: false,
    /// from 5.0 true.</summary>
    public bool? Multivariate { get; init; }

    /// <summary>Whether conditional parameters are grouped; needs <see cref="Multivariate"/>. Default false.</summary>
    public bool Group { get; init; }

    /// <summary>Whether to warn when a parameter is sampled independently in spite of
    /// <see cref="Multivariate"/>. Null (the default) for the installed Optuna's default: true, from 4.9 false.</summary>
    public bool? WarnIndependentSampling { get; init; }

    /// <summary>Whether running trials count as bad ones, which keeps parallel workers apart. Null (the default) for the
    /// installed Optuna's default: false, from 5.0 true.</summary>
    public bool? ConstantLiar { get; init; }

    /// <summary>The constraints of a trial, of which values above 0 are violations; null (the default) for none.</summary>
    public Func<FrozenTrial, IReadOnlyList<double>>? ConstraintsFunc { get; init; }

    /// <summary>The distance of two choices, at least 0, by the name of a categorical parameter; null (the default) holds all
    /// choices equally far apart. Optuna 3.4 to 4.9.</summary>
    public IReadOnlyDictionary<string, Func<object?, object?, double>>? CategoricalDistanceFunc { get; init; }

    /// <summary>The parameters that Hyperopt uses. Optuna's <c>hyperopt_parameters</c>.</summary>
    public static TpeSampler HyperoptParameters => new()
    {
        NStartupTrials = 20,
        Gamma = count => Math.Min((int)Math.Ceiling(0.25 * Math.Sqrt(count)), 25),
    };

    internal override string ClassName => "TPESampler";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("consider_prior", ConsiderPrior, true);
        arguments.Add("prior_weight", PriorWeight, 1.0);
        arguments.Add("consider_magic_clip", ConsiderMagicClip, true);
        arguments.Add("consider_endpoints", ConsiderEndpoints, false);
        arguments.Add("n_startup_trials", NStartupTrials, 10);
        arguments.Add("n_ei_candidates", NEiCandidates, 24);
        arguments.AddFunction(
            "gamma",
            Gamma is { } gamma ? values => gamma(checked((int)values[0].AsInteger())) : null,
            defaultValue: "default_gamma");
        arguments.AddFunction(
            "weights",
            Weights is { } weights
                ? values => PythonValue.List(weights(checked((int)values[0].AsInteger())), weight => weight)
                : null,
            "weights_function",
            "default_weights");
        arguments.Add("seed", Seed, null);
        arguments.Add("multivariate", Multivariate, null);
        arguments.Add("group", Group, false);
        arguments.Add("warn_independent_sampling", WarnIndependentSampling, null);
        arguments.Add("constant_liar", ConstantLiar, null);
        arguments.AddConstraints(ConstraintsFunc);
        arguments.AddFunctions(
            "categorical_distance_func", CategoricalDistanceFunc?.ToDictionary(pair => pair.Key, pair => Distance(pair.Value)));
    }

    private static PythonCallback Distance(Func<object?, object?, double> distance) => values =>
        distance(Objects.FromPython(values[0]), Objects.FromPython(values[1]));
}
