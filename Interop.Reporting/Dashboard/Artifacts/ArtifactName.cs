namespace Hpo.Interop.Reporting.Dashboard.Artifacts;

/// <summary>File names that came from elsewhere.</summary>
internal static class ArtifactName
{
    // Attributes of old schemas hold 2,048 letters, of which JSON in JSON takes up to seven for each.
    private const int Longest = 255;

    /// <summary>The last part of a path, without control characters; null where nothing is left.</summary>
    public static string? Of(string given)
    {
        string last = given[(given.AsSpan().LastIndexOfAny('/', '\\') + 1)..].Trim();
        string name = string.Concat(last.Where(letter => !char.IsControl(letter)));
        return name is "" or "." or ".." ? null : name.Length > Longest ? name[^Longest..].TrimStart() : name;
    }
}
