namespace Hpo.Interop.Pruners;

/// <summary>Never prunes. Optuna's <c>NopPruner</c>.</summary>
public sealed record NopPruner : Pruner
{
    internal override string ClassName => "NopPruner";
}
