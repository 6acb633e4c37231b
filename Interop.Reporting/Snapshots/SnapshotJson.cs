using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hpo.Interop.Tables;

namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>
/// Snapshots as JSON for the page's script: camelCase, without what is null, and NaN and the infinities as the strings
/// "NaN", "Infinity" and "-Infinity".
/// </summary>
internal static class SnapshotJson
{
    /// <summary>Escapes what HTML gives a meaning, so that a page can hold the text.</summary>
    public static readonly JsonSerializerOptions Format = new(JsonSerializerDefaults.Web)
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.Default,
        // Python nests as deeply as its recursion goes.
        MaxDepth = PythonJson.DeepestNesting,
    };

    public static string Write(StudySnapshot snapshot) => JsonSerializer.Serialize(snapshot, Format);

    public static string Write(IReadOnlyList<StudySnapshot> snapshots) => JsonSerializer.Serialize(snapshots, Format);
}
