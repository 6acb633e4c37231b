namespace Hpo.Interop.Reporting.Dashboard.Artifacts;

/// <summary>A file in the list of a study's or a trial's artifacts.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its media type.</param>
/// <param name="Size">Its length in bytes; null where the dashboard does not have it.</param>
/// <param name="Preview">How a page can show it; null where it cannot.</param>
internal sealed record ArtifactEntry(string Id, string Name, string Type, long? Size, string? Preview);
