namespace Hpo.Interop.Storages.MySql;

/// <summary>What a look has covered.</summary>
internal enum LookExtent
{
    /// <summary>There was none.</summary>
    Nothing,

    /// <summary>All but what the running trials of others have got meanwhile.</summary>
    AllButRunning,

    /// <summary>The whole study.</summary>
    All,
}

/// <summary>What a look at a study found.</summary>
/// <param name="Changes">The changed trials, each as <see cref="TrialReader.Read"/> has it, in a JSON array; null for none.</param>
/// <param name="Extent">What was looked at.</param>
internal readonly record struct StudyLook(string? Changes, LookExtent Extent);
