namespace Hpo.Interop;

/// <summary>No Python with Optuna was found; the message lists every candidate with the reason.</summary>
public sealed class PythonNotFoundException : PythonStartException
{
    internal PythonNotFoundException(string message, IReadOnlyList<PythonCandidate> candidates)
        : base(message) => Candidates = candidates;

    /// <summary>What was tried, in order.</summary>
    public IReadOnlyList<PythonCandidate> Candidates { get; }
}
