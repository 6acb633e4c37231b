using System.Runtime.InteropServices;

namespace Hpo.NativeTrainer.Torch;

/// <summary>
/// Lets glibc keep the blocks that libtorch frees. As it comes it gives those of a step back to the system, which then
/// clears and maps them anew in the next step: that took a third of a training's time.
/// </summary>
internal static class NativeHeap
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapThreshold = -3;
    private const int MiB = 1 << 20;

    // The greatest value that glibc takes.
    private const int LargestBlock = 32 * MiB;
    private const int KeptAtMost = 2000 * MiB;
    private const int Growth = 64 * MiB;

    private static readonly Lazy<bool> Kept = new(TryKeepLargeBlocks);

    /// <summary>Takes effect once, for the whole process; without glibc it does nothing.</summary>
    public static void KeepLargeBlocks() => _ = Kept.Value;

    private static bool TryKeepLargeBlocks()
    {
        if (!OperatingSystem.IsLinux()) return false;
        try
        {
            return SetOption(MmapThreshold, LargestBlock) != 0
                & SetOption(TrimThreshold, KeptAtMost) != 0
                & SetOption(TopPad, Growth) != 0;
        }
        catch (EntryPointNotFoundException)
        {
            return false;
        }
    }

    [DllImport("libc", EntryPoint = "mallopt")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetOption(int parameter, int value);
}
