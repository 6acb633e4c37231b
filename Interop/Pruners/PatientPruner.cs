using Hpo.Interop.Glue;

namespace Hpo.Interop.Pruners;

/// <summary>Lets another pruner act only when the values have not improved for some steps. Optuna's
/// <c>PatientPruner</c>.</summary>
/// <param name="WrappedPruner">The other pruner; null to prune whenever patience ends.</param>
/// <param name="Patience">How many steps without improvement are tolerated, at least 0.</param>
public sealed record PatientPruner(Pruner? WrappedPruner, int Patience) : Pruner
{
    /// <summary>By how much a value must be better to count, at least 0. Default 0.0.</summary>
    public double MinDelta { get; init; }

    internal override string ClassName => "PatientPruner";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.AddComponent("wrapped_pruner", WrappedPruner, isRequired: true);
        arguments.AddRequired("patience", Patience);
        arguments.Add("min_delta", MinDelta, 0.0);
    }
}
