namespace Hpo.Interop.Pruners;

/// <summary>How a study finds unpromising trials, from the values that they report.</summary>
public abstract record Pruner : OptunaComponent
{
    private protected Pruner()
    {
    }

    internal override string Module => "pruners";
}
