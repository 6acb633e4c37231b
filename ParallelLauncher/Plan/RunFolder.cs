using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hpo.Interop.Launches;

namespace Hpo.ParallelLauncher.Plan;

/// <summary>Makes the folder of a run and the files in it that grow.</summary>
internal static class RunFolder
{
    /// <summary>Creates the folder of a new run, which only its owner may read.</summary>
    public static RunPaths Create(string logDirectory, TimeProvider time)
    {
        string id = string.Create(CultureInfo.InvariantCulture,
            $"{time.GetUtcNow():yyyyMMdd'T'HHmmss'Z'}-{RandomNumberGenerator.GetHexString(6, lowercase: true)}");
        string directory = Path.Combine(logDirectory, id);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(directory);
        }
        else
        {
            Directory.CreateDirectory(logDirectory);
            Directory.CreateDirectory(
                directory, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        return new RunPaths(directory);
    }

    /// <summary>Opens a file of lines, each of which is there at once. Nothing is kept in a buffer: what could not be written would
    /// fail again when the file is closed.</summary>
    public static StreamWriter OpenLines(string path, FileMode mode)
    {
        var unbuffered = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, BufferSize = 0 };
        return new StreamWriter(path, new UTF8Encoding(false), unbuffered) { AutoFlush = true };
    }
}
