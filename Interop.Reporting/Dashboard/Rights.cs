namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>What the readers of the pages may do.</summary>
/// <param name="Changes">Whether they may change studies.</param>
/// <param name="Artifacts">The most bytes of a file that they may attach; null where the dashboard has no folder of artifacts.</param>
internal sealed record Rights(bool Changes, long? Artifacts);
