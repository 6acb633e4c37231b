namespace Hpo.Interop;

/// <summary>A file could not be written. What was there before is as it was.</summary>
/// <param name="path">The file.</param>
/// <param name="cause">What the file system said.</param>
internal sealed class OutputFileException(string path, Exception cause)
    : IOException(
        $"{path}: it cannot be written: {cause.Message} What was there before is untouched: make room, or name another location.",
        cause)
{
    /// <summary>The file.</summary>
    public string Path { get; } = path;
}
