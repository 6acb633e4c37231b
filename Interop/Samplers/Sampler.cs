namespace Hpo.Interop.Samplers;

/// <summary>How a study chooses hyperparameters. Each study makes a sampler of its own from the options.</summary>
public abstract record Sampler : OptunaComponent
{
    private protected Sampler()
    {
    }

    internal override string Module => "samplers";
}
