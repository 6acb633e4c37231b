namespace Hpo.Interop.Samplers;

/// <summary>How a study chooses hyperparameters. Each study makes a sampler of its own from the options.</summary>
public abstract record Sampler : OptunaComponent
{
    private protected Sampler()
    {
    }

    /// <summary>Makes a sampler of its own, to be asked by an <see cref="ISampler"/> that wraps it.</summary>
    /// <exception cref="OptunaFeatureException">The installed Optuna lacks it or one of its options.</exception>
    public OptunaSampler Create() => new(OptunaRuntime.Current.Glue, this);

    internal override string Module => "samplers";
}
