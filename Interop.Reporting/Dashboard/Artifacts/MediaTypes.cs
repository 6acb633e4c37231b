using Hpo.Interop.Tables;

namespace Hpo.Interop.Reporting.Dashboard.Artifacts;

/// <summary>Media types by the endings of file names, and what a page may show of each.</summary>
internal static class MediaTypes
{
    private static readonly Dictionary<string, string> Encodings = new(StringComparer.Ordinal)
    {
        [".gz"] = "gzip",
        [".bz2"] = "bzip2",
        [".xz"] = "xz",
        [".br"] = "br",
        [".Z"] = "compress",
    };

    // As Python's mimetypes.guess_type, for what trials write.
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        [".bmp"] = "image/bmp",
        [".gif"] = "image/gif",
        [".jpeg"] = "image/jpeg",
        [".jpg"] = "image/jpeg",
        [".png"] = "image/png",
        [".svg"] = "image/svg+xml",
        [".tif"] = "image/tiff",
        [".tiff"] = "image/tiff",
        [".webp"] = "image/webp",
        [".css"] = "text/css",
        [".csv"] = "text/csv",
        [".htm"] = "text/html",
        [".html"] = "text/html",
        [".py"] = "text/x-python",
        [".tsv"] = "text/tab-separated-values",
        [".txt"] = "text/plain",
        [".xml"] = "text/xml",
        [".bin"] = "application/octet-stream",
        [".h5"] = "application/x-hdf5",
        [".json"] = "application/json",
        [".pdf"] = "application/pdf",
        [".tar"] = "application/x-tar",
        [".zip"] = "application/zip",
        [".aac"] = "audio/aac",
        [".mp3"] = "audio/mpeg",
        [".opus"] = "audio/opus",
        [".wav"] = "audio/x-wav",
        [".mp4"] = "video/mp4",
        [".webm"] = "video/webm",
    };

    // Pictures that cannot hold a script.
    private static readonly HashSet<string> Pictures = new(StringComparer.OrdinalIgnoreCase) { "image/png", "image/jpeg", "image/gif", "image/webp" };

    private static readonly HashSet<string> Sounds = new(StringComparer.OrdinalIgnoreCase)
        { "audio/aac", "audio/flac", "audio/mp4", "audio/mpeg", "audio/ogg", "audio/opus", "audio/wav", "audio/webm", "audio/x-flac", "audio/x-wav" };

    private static readonly HashSet<string> Films = new(StringComparer.OrdinalIgnoreCase) { "video/mp4", "video/ogg", "video/webm" };

    // What Python's mimetypes does not know.
    private static readonly Dictionary<string, string> Unknown = new(StringComparer.OrdinalIgnoreCase)
    {
        [".flac"] = "audio/flac",
        [".m4a"] = "audio/mp4",
        [".oga"] = "audio/ogg",
        [".ogg"] = "audio/ogg",
        [".ogv"] = "video/ogg",
    };

    private static readonly HashSet<string> Texts = new(StringComparer.OrdinalIgnoreCase) { "text/plain", "application/json" };

    /// <summary>The media type and the encoding that Optuna would write for a file; null for no encoding.</summary>
    public static (string Type, string? Encoding) Guess(string fileName)
    {
        string ending = Path.GetExtension(fileName);
        if (ending.Equals(".tgz", StringComparison.OrdinalIgnoreCase)) return ("application/x-tar", "gzip");
        string? encoding = Encodings.GetValueOrDefault(ending);
        if (encoding is not null) ending = Path.GetExtension(Path.GetFileNameWithoutExtension(fileName));
        return (Types.GetValueOrDefault(ending, StoredArtifact.UnknownType), encoding);
    }

    /// <summary>The media type that a browser is told of an artifact's file.</summary>
    public static string Shown(StoredArtifact artifact) => artifact.MediaType == StoredArtifact.UnknownType
        ? Unknown.GetValueOrDefault(Path.GetExtension(artifact.FileName), artifact.MediaType)
        : artifact.MediaType.ToLowerInvariant();

    /// <summary>How a page shows an artifact: "table", "picture", "audio", "video", "text", or null for not at all.</summary>
    public static string? Preview(StoredArtifact artifact)
    {
        if (artifact.Encoding is not null) return null;
        string type = Shown(artifact);
        return ArtifactTable.Is(artifact.FileName, type) ? "table"
            : Pictures.Contains(type) ? "picture"
            : Sounds.Contains(type) ? "audio"
            : Films.Contains(type) ? "video"
            : Texts.Contains(type) ? "text" : null;
    }
}
