namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>The studies of a storage, as the page that lists them gets them.</summary>
/// <param name="Storage">The storage's URL, without its password.</param>
/// <param name="Studies">The studies in the order in which they were made.</param>
internal sealed record StudyListing(string Storage, IReadOnlyList<StudyEntry> Studies);
