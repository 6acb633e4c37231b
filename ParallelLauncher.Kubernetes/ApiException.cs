namespace Hpo.ParallelLauncher.Kubernetes;

/// <summary>Whose fault it is that the server did not do what was asked.</summary>
internal enum ApiFault
{
    /// <summary>What was asked for is wrong.</summary>
    Usage,

    /// <summary>The login, the rights or the cluster lack something.</summary>
    Environment,

    /// <summary>The server does not answer now; a later attempt may succeed.</summary>
    Away,
}

/// <summary>The server did not do what was asked. The message is written for a person: the server's own words, and the remedy.</summary>
internal sealed class ApiException(ApiFault fault, string message) : Exception(message)
{
    public ApiFault Fault { get; } = fault;
}
