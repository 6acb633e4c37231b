using MySqlConnector;

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

/// <summary>A look at a study, in the round trip of a change or by itself.</summary>
/// <param name="scan">How it finds trials.</param>
/// <param name="text">Its statements.</param>
internal sealed class SharedLook(TrialScan scan, string text)
{
    public string Text => text;

    /// <summary>What it found; null where it was not run.</summary>
    public List<TrialRow>? Rows { get; private set; }

    /// <summary>Takes the reader's current result if it is the look's.</summary>
    public void Take(MySqlDataReader reader) => Rows = scan.Rows(reader) ?? Rows;
}
