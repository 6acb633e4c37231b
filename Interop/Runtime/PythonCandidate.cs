namespace Hpo.Interop;

/// <summary>One Python that was considered.</summary>
/// <param name="Origin">What named it, e.g. <c>HPO_PYTHON</c> or <c>PATH</c>.</param>
/// <param name="Path">The path as it was named.</param>
/// <param name="Refusal">Why it cannot be used, with the remedy; null for the one that is used.</param>
public sealed record PythonCandidate(string Origin, string Path, string? Refusal);
