using Hpo.Interop.Glue;

namespace Hpo.Interop;

/// <summary>The parameters that all complete trials of a study have. Optuna's <c>IntersectionSearchSpace</c>.</summary>
/// <param name="IncludePruned">Whether pruned trials count too. Default false.</param>
public sealed record IntersectionSearchSpace(bool IncludePruned = false)
{
    /// <summary>The parameters with their ranges, by name. Optuna's <c>intersection_search_space</c>.</summary>
    /// <param name="study">The study.</param>
    public IReadOnlyDictionary<string, Distribution> Calculate(Study study)
    {
        ArgumentNullException.ThrowIfNull(study);
        return FrozenTrials.Distributions(OptunaRuntime.Current.Glue.Studies.Call(
            "intersection_search_space", study.Handle, IncludePruned));
    }
}
