using Hpo.Interop.Glue;

namespace Hpo.Interop.Samplers;

/// <summary>Tries every combination that the objective's own suggestions allow, and stops the study when all were
/// tried. Optuna's <c>BruteForceSampler</c>.</summary>
/// <remarks>Choices that Python holds equal (true, 1 and 1.0) are one to Optuna, and its later versions then never see
/// the end: limit the number of trials, or give choices that differ.</remarks>
public sealed record BruteForceSampler : Sampler
{
    /// <summary>The seed of the order, 0 … 2³²−1; null (the default) for a different one each time.</summary>
    public long? Seed { get; init; }

    /// <summary>Whether the study goes on while running trials may still bring new combinations. Default false. Since
    /// Optuna 4.3.</summary>
    public bool AvoidPrematureStop { get; init; }

    internal override string ClassName => "BruteForceSampler";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.Add("seed", Seed, null);
        arguments.Add("avoid_premature_stop", AvoidPrematureStop, false);
    }
}
