namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>For tests that restart the server which the others use: no other test runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class RunsAlone
{
    public const string Name = "alone";
}
