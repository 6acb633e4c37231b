using Hpo.Interop.Glue;

namespace Hpo.Interop.Samplers;

/// <summary>Draws each parameter independently and uniformly. Optuna's <c>RandomSampler</c>.</summary>
public sealed record RandomSampler : Sampler
{
    /// <summary>The seed of the random numbers, 0 … 2³²−1; null (the default) for a different one each time.</summary>
    public long? Seed { get; init; }

    internal override string ClassName => "RandomSampler";

    internal override void Describe(ComponentArguments arguments) => arguments.Add("seed", Seed, null);
}
