namespace Hpo.Interop.Pruners;

/// <summary>How a study finds unpromising trials, from the values that they report.</summary>
public abstract record Pruner : OptunaComponent
{
    private protected Pruner()
    {
    }

    /// <summary>Makes a pruner of its own, to be asked by an <see cref="IPruner"/> that wraps it.</summary>
    /// <exception cref="OptunaFeatureException">The installed Optuna lacks it or one of its options.</exception>
    public OptunaPruner Create() => new(OptunaRuntime.Current.Glue, this);

    internal override string Module => "pruners";
}
