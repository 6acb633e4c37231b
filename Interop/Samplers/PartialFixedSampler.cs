using Hpo.Interop.Glue;

namespace Hpo.Interop.Samplers;

/// <summary>Holds some parameters fixed and lets another sampler choose the rest. Optuna's
/// <c>PartialFixedSampler</c>.</summary>
/// <param name="FixedParams">The fixed parameters by name: bool, int, long, double, string or null.</param>
/// <param name="BaseSampler">What chooses the rest.</param>
public sealed record PartialFixedSampler(IReadOnlyDictionary<string, object?> FixedParams, Sampler BaseSampler) : Sampler
{
    internal override string ClassName => "PartialFixedSampler";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.AddRequired("fixed_params", FixedParams);
        arguments.AddComponent("base_sampler", BaseSampler, isRequired: true);
    }
}
