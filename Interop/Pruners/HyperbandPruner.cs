using Hpo.Interop.Glue;

namespace Hpo.Interop.Pruners;

/// <summary>Several brackets of successive halving. Optuna's <c>HyperbandPruner</c>; source: Li et al., Hyperband,
/// 2018.</summary>
public sealed record HyperbandPruner : Pruner
{
    /// <summary>The step of the first rung, at least 1. Default 1.</summary>
    public int MinResource { get; init; } = 1;

    /// <summary>The number of steps of a whole trial, above <see cref="MinResource"/>; null (the default) for an estimate
    /// from the first trials (Optuna's <c>"auto"</c>).</summary>
    public int? MaxResource { get; init; }

    /// <summary>One in how many passes a rung, at least 2. Default 3.</summary>
    public int ReductionFactor { get; init; } = 3;

    /// <summary>How many trials a rung needs before it judges, at least 0; needs <see cref="MaxResource"/>. Default
    /// 0.</summary>
    public int BootstrapCount { get; init; }

    internal override string ClassName => "HyperbandPruner";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("min_resource", MinResource, 1);
        arguments.Add<object>("max_resource", (object?)MaxResource ?? "auto", "auto");
        arguments.Add("reduction_factor", ReductionFactor, 3);
        arguments.Add("bootstrap_count", BootstrapCount, 0);
    }
}
