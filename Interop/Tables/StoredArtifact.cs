namespace Hpo.Interop.Tables;

/// <summary>What Optuna keeps of an artifact beside its file.</summary>
/// <param name="Id">Its id, which is the file's name in an artifact store.</param>
/// <param name="FileName">The name of the file that was uploaded.</param>
/// <param name="MediaType">Its media type.</param>
/// <param name="Encoding">Its content encoding, such as gzip; null for none.</param>
internal sealed record StoredArtifact(string Id, string FileName, string MediaType, string? Encoding)
{
    public const string UnknownType = "application/octet-stream";

    /// <summary>The value of its attribute, letter by letter as <c>json.dumps</c> writes it.</summary>
    public string ToJson() => PythonJson.WriteAscii(PythonJson.WriteAscii(new OrderedDictionary<string, object?>
    {
        ["artifact_id"] = Id,
        ["filename"] = FileName,
        ["mimetype"] = MediaType,
        ["encoding"] = Encoding,
    }));

    /// <summary>Reads the value of an attribute; null where the artifact was removed.</summary>
    /// <param name="id">The id, which the attribute's name ends with.</param>
    /// <param name="json">The value: JSON in a string.</param>
    public static StoredArtifact? Of(string id, string json)
    {
        if (!PythonJson.TryParse(json, out object? text) || !PythonJson.TryParse(text as string, out object? value)) return new StoredArtifact(id, id, UnknownType, null);
        if (value is null) return null;
        var meta = value as OrderedDictionary<string, object?>;
        return new StoredArtifact(id, Text("filename") ?? id, Text("mimetype") ?? UnknownType, Text("encoding"));

        string? Text(string name) => meta?.GetValueOrDefault(name) is string { Length: > 0 } found ? found : null;
    }
}
