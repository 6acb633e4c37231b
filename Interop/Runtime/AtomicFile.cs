using System.Text;

namespace Hpo.Interop;

/// <summary>
/// Writes files so that a reader, now or after a crash, finds the old content or the new, never a part. A full disk leaves
/// the old file as it was.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Finds out now whether the file could be written later.</summary>
    /// <exception cref="OutputFileException">It could not.</exception>
    public static void CheckWritable(string path) => Guard(path, () =>
    {
        if (Directory.Exists(path)) throw new IOException("it is a folder.");
        using var probe = new FileStream(
            Temporary(path), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
    });

    /// <param name="path">The file.</param>
    /// <param name="write">Writes its content.</param>
    /// <exception cref="OutputFileException">It could not be written.</exception>
    public static void Write(string path, Action<Stream> write) => Guard(path, () =>
    {
        string temporary = Temporary(path);
        try
        {
            using (FileStream file = new(temporary, FileMode.CreateNew))
            {
                write(file);
                file.Flush(flushToDisk: true);
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    });

    /// <inheritdoc cref="Write"/>
    /// <param name="path">The file.</param>
    /// <param name="content">Its content, which is written in UTF-8.</param>
    public static void WriteText(string path, string content) => Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(content)));

    // In the same folder: only within one file system is a move atomic.
    private static string Temporary(string path) => $"{Path.GetFullPath(path)}.{Guid.NewGuid():N}.part";

    private static void Guard(string path, Action use)
    {
        try
        {
            use();
        }
        // A path that is none, such as an empty one, is an argument.
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new OutputFileException(path, exception);
        }
    }
}
