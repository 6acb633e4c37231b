using System.Security.Cryptography;

namespace Hpo.NativeTrainer.Torch;

/// <summary>Where the changed copies of libraries lie: one folder for each content, in the user's cache.</summary>
internal static class CuredLibraryCache
{
    /// <returns>A file with these bytes.</returns>
    public static string Store(byte[] library, string fileName)
    {
        string key = Convert.ToHexStringLower(SHA256.HashData(library))[..16];
        string cache = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData);
        try
        {
            if (cache.Length > 0) return StoreIn(Path.Combine(cache, "hpo", "libraries", key), library, fileName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A home that cannot be written to: a folder of this process alone does as well.
        }
        return StoreIn(Directory.CreateTempSubdirectory("hpo-").FullName, library, fileName);
    }

    private static string StoreIn(string folder, byte[] library, string fileName)
    {
        string file = Path.Combine(folder, fileName);
        if (File.Exists(file) && File.ReadAllBytes(file).AsSpan().SequenceEqual(library)) return file;
        Directory.CreateDirectory(folder);
        string part = Path.Combine(folder, $"{fileName}.{Environment.ProcessId}");
        File.WriteAllBytes(part, library);
        File.Move(part, file, overwrite: true);
        return file;
    }
}
