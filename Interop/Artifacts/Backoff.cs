using Hpo.Interop.Glue;

namespace Hpo.Interop.Artifacts;

/// <summary>Retries the calls of another store that fails, with growing pauses. Optuna's <c>Backoff</c>, since 3.4.</summary>
/// <param name="Backend">The other store.</param>
public sealed record Backoff(ArtifactStore Backend) : ArtifactStore
{
    /// <summary>How often it is asked, above 0. Default 10.</summary>
    public int MaxRetries { get; init; } = 10;

    /// <summary>The factor by which a pause grows, above 0. Default 2.</summary>
    public double Multiplier { get; init; } = 2;

    /// <summary>The first pause in seconds, at least 0. Default 0.1.</summary>
    public double MinDelay { get; init; } = 0.1;

    /// <summary>The longest pause in seconds. Default 30.</summary>
    public double MaxDelay { get; init; } = 30;

    internal override string ClassName => "Backoff";

    internal override void Describe(ComponentArguments arguments)
    {
        arguments.AddComponent("backend", Backend, isRequired: true);
        arguments.Add("max_retries", MaxRetries, 10);
        arguments.Add("multiplier", Multiplier, 2.0);
        arguments.Add("min_delay", MinDelay, 0.1);
        arguments.Add("max_delay", MaxDelay, 30.0);
    }
}
