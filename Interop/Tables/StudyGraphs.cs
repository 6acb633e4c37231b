using System.Globalization;

namespace Hpo.Interop.Tables;

/// <summary>The figures of Plotly that optuna-dashboard's <c>save_plotly_graph_object</c> keeps among a study's system attributes, in pieces.</summary>
internal static class StudyGraphs
{
    private const string Prefix = "dashboard:plot_data:";

    /// <summary>Reads the figures.</summary>
    /// <param name="session">A session.</param>
    /// <param name="study">The study's name.</param>
    /// <param name="id">The id of the one that is wanted; null for all.</param>
    /// <returns>The figures' JSON by their ids, in the ids' order; it was not looked at.</returns>
    /// <exception cref="EditRefusedException">There is no such study.</exception>
    public static SortedDictionary<string, string> Read(TableSession session, string study, string? id = null)
    {
        long owner = StoredStudy.Find(session, study) ?? throw new EditRefusedException($"There is no study '{study}'.");
        var pieces = session.Attributes("study_system_attributes", "study_id", owner, id is null ? Prefix : $"{Prefix}{id}:")
            .Select(pair => Piece(pair.Key[Prefix.Length..], pair.Value)).OfType<(string Id, int Place, string Text)>();
        return new SortedDictionary<string, string>(
            pieces.GroupBy(piece => piece.Id).ToDictionary(pieces => pieces.Key, pieces => string.Concat(pieces.OrderBy(piece => piece.Place).Select(piece => piece.Text))),
            StringComparer.Ordinal);
    }

    // An id may have colons; the place is behind the last one.
    private static (string Id, int Place, string Text)? Piece(string key, string json) =>
        key.LastIndexOf(':') is > 0 and var colon && int.TryParse(key.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int place)
            && PythonJson.TryParse(json, out object? value) && value is string text ? (key[..colon], place, text) : null;
}
