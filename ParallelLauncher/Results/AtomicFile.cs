namespace Hpo.ParallelLauncher.Results;

internal static class AtomicFile
{
    /// <summary>Writes a file so that a reader sees the old or the new content, never a part, whatever ends this process.</summary>
    public static void WriteAllText(string path, string content)
    {
        string temporary = path + ".new";
        using (var file = new FileStream(temporary, FileMode.Create))
        {
            using var writer = new StreamWriter(file, leaveOpen: true);
            writer.Write(content);
            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(temporary, path, overwrite: true);
    }
}
