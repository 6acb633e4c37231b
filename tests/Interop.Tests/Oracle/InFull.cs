namespace Hpo.Interop.Tests.Oracle;

/// <summary>What HPO_IDENTITY asks for: <c>full</c> all combinations, <c>tpe,grid</c> all those of the samplers that it names, and nothing
/// a few of each sampler's.</summary>
internal static class InFull
{
    private static readonly string[] Samplers =
        (Environment.GetEnvironmentVariable("HPO_IDENTITY") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);

    public static bool IsAsked => Samplers.Length > 0;

    /// <summary>Whether a sampler's combinations are to be compared.</summary>
    public static bool Includes(string sampler) => Samplers is [] or ["full"] || Samplers.Contains(sampler);
}
