namespace Hpo.Interop.Tables;

/// <summary>How much of a study was read for changes.</summary>
internal enum ReadExtent
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>All but what the running trials of others have got meanwhile.</summary>
    AllButRunning,

    /// <summary>The whole study.</summary>
    All,
}

/// <summary>What has changed in a study since it was read last.</summary>
/// <param name="Trials">The new and the changed trials, by key; null for none.</param>
/// <param name="Extent">How much was read.</param>
internal readonly record struct StudyChanges(IReadOnlyList<StoredTrial>? Trials, ReadExtent Extent);
