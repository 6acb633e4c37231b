namespace Hpo.Interop.Reporting.Dashboard.Graphs;

/// <summary>A graph that a program saved with a study.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">Changes with the graph.</param>
internal sealed record GraphEntry(string Id, string Version);
