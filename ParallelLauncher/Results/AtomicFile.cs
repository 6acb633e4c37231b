namespace Hpo.ParallelLauncher.Results;

internal static class AtomicFile
{
    /// <summary>Writes a file so that a reader sees the old or the new content, never a part.</summary>
    public static void WriteAllText(string path, string content)
    {
        string temporary = path + ".new";
        File.WriteAllText(temporary, content);
        File.Move(temporary, path, overwrite: true);
    }
}
