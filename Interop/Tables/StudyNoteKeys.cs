using System.Globalization;

namespace Hpo.Interop.Tables;

/// <summary>
/// Where optuna-dashboard keeps notes: among the system attributes of the study, under a version and in chunks, also those on trials.
/// </summary>
/// <param name="trial">The trial's key in the tables; null for the study's own note.</param>
internal readonly struct StudyNoteKeys(long? trial)
{
    // Attributes of old schemas hold 2,048 letters, the quotes included.
    private const int Longest = 2045;
    private const string Start = "dashboard:", End = ":note_ver";

    private readonly string _prefix = trial is { } id ? string.Create(CultureInfo.InvariantCulture, $"{Start}{id}:") : Start;

    public string Version => $"{_prefix}note_ver";

    public string Chunk(int index) => string.Create(CultureInfo.InvariantCulture, $"{_prefix}note_str:{index}");

    /// <summary>The key of the trial whose note's version an attribute is; null for any other attribute.</summary>
    public static long? TrialOf(string attribute) =>
        attribute.StartsWith(Start, StringComparison.Ordinal) && attribute.EndsWith(End, StringComparison.Ordinal) && attribute.Length > Start.Length + End.Length
        && long.TryParse(attribute.AsSpan(Start.Length, attribute.Length - Start.Length - End.Length), NumberStyles.None, CultureInfo.InvariantCulture, out long trial)
            ? trial
            : null;

    /// <summary>A note's text in chunks; none of them begins within a pair of surrogates.</summary>
    public static string[] Split(string body)
    {
        var chunks = new List<string>();
        for (int start = 0; start < body.Length;)
        {
            int length = Math.Min(Longest, body.Length - start);
            if (start + length < body.Length && char.IsLowSurrogate(body[start + length])) length--;
            chunks.Add(body.Substring(start, length));
            start += length;
        }
        return [.. chunks];
    }
}
