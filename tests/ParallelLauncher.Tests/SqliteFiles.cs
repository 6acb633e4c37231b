namespace Hpo.ParallelLauncher.Tests;

/// <summary>Does to SQLite files what happens to them in the world.</summary>
internal static class SqliteFiles
{
    // "If the write version is greater than 2, the file can be read but not written": also by root, whom no mode stops.
    private const int WriteVersionOffset = 18;
    private const byte UnknownVersion = 3;

    /// <summary>Makes SQLite refuse every change of a file, for everybody.</summary>
    public static void MakeReadOnly(string path)
    {
        using FileStream file = File.OpenWrite(path);
        file.Position = WriteVersionOffset;
        file.WriteByte(UnknownVersion);
    }
}
