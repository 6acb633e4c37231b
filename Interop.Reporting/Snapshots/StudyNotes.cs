using System.Globalization;
using System.Text;
using Hpo.Interop.Tables;
using Markdig;

namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>The notes of a study and its trials, which optuna-dashboard and ours both show.</summary>
internal static class StudyNotes
{
    // Without HTML of the note's own; the page takes in only what it knows besides.
    private static readonly MarkdownPipeline Markdown = new MarkdownPipelineBuilder()
        .UsePipeTables().UseAutoLinks().UseTaskLists().UseEmphasisExtras().DisableHtml().Build();

    /// <summary>The note on the study itself, or null.</summary>
    public static NoteSnapshot? OfStudy(IReadOnlyDictionary<string, object?> systemAttrs) => Read(systemAttrs, new StudyNoteKeys(null));

    /// <summary>The notes on trials, by the trials' keys in the tables.</summary>
    public static IEnumerable<KeyValuePair<long, NoteSnapshot>> OfTrials(IReadOnlyDictionary<string, object?> systemAttrs)
    {
        foreach (string attribute in systemAttrs.Keys)
        {
            if (StudyNoteKeys.TrialOf(attribute) is { } trial && Read(systemAttrs, new StudyNoteKeys(trial)) is { } note)
                yield return KeyValuePair.Create(trial, note);
        }
    }

    private static NoteSnapshot? Read(IReadOnlyDictionary<string, object?> attrs, StudyNoteKeys keys)
    {
        if (!attrs.TryGetValue(keys.Version, out object? version) || version is not (long or int)) return null;
        var body = new StringBuilder();
        for (int i = 0; attrs.TryGetValue(keys.Chunk(i), out object? chunk); i++) body.Append(chunk as string);
        string text = body.ToString();
        return new NoteSnapshot(Convert.ToInt64(version, CultureInfo.InvariantCulture), text, text.Length == 0 ? "" : Markdig.Markdown.ToHtml(text, Markdown));
    }
}

/// <summary>A note in Markdown.</summary>
/// <param name="Version">How often it was saved.</param>
/// <param name="Body">Its text.</param>
/// <param name="Html">The text as HTML, to be taken in with care.</param>
internal sealed record NoteSnapshot(long Version, string Body, string Html);
