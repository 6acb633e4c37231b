using Hpo.ParallelLauncher.Workers;
using Microsoft.Win32.SafeHandles;

namespace Hpo.ParallelLauncher.Display;

/// <summary>
/// Makes standard output and error safe to write to, whatever the launcher was started with: a stream that is closed, full
/// or without a reader loses its text, and ends nothing.
/// </summary>
internal static class StandardStreams
{
    private const int Count = 3;
    private const int Output = 1;
    private const int Error = 2;

    // They hold the places of closed streams for as long as the process lives, so that no file of a run gets one of them.
    private static readonly List<SafeFileHandle> Placeholders = [];

    /// <summary>To be called before anything is written.</summary>
    public static void Secure()
    {
        Console.SetOut(IsGiven(Output) ? new LossyWriter(Console.Out) : TextWriter.Null);
        Console.SetError(IsGiven(Error) ? new LossyWriter(Console.Error) : TextWriter.Null);
        if (OperatingSystem.IsWindows()) return;
        while (Enumerable.Range(0, Count).Any(stream => Posix.DescriptorFlags(stream, Posix.GetDescriptorFlags) < 0))
            Placeholders.Add(File.OpenHandle("/dev/null", FileMode.Open, FileAccess.ReadWrite));
    }

    // Where a stream was closed, a file of the runtime's own may have its number by now. Such a one is closed on exec, which
    // what came through an exec cannot be.
    private static bool IsGiven(int stream)
    {
        if (OperatingSystem.IsWindows()) return true;
        int flags = Posix.DescriptorFlags(stream, Posix.GetDescriptorFlags);
        return flags >= 0 && (flags & Posix.CloseOnExec) == 0;
    }
}
