using Hpo.ParallelLauncher.Plan;

namespace Hpo.ParallelLauncher.Backends;

/// <summary>The clock by which a shared folder's files are dated: its server's, where that has one.</summary>
internal static class SharedClock
{
    /// <summary>The time there; this host's own where nothing can be written.</summary>
    public static DateTimeOffset Now(string directory, TimeProvider time)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(directory, $".{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.Read, 1, FileOptions.DeleteOnClose);
            return File.GetLastWriteTimeUtc(probe.Name);
        }
        catch (Exception error) when (FileErrors.Is(error))
        {
            return time.GetUtcNow();
        }
    }
}
