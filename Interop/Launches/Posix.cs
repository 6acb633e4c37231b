using System.Runtime.InteropServices;

namespace Hpo.Interop.Launches;

/// <summary>Sends signals to processes.</summary>
internal static class Posix
{
    /// <summary>What is added to a signal's number to make the exit code of a process that it ended.</summary>
    public const int ExitCodeOfSignal = 128;

    public const int Interrupt = 2;
    public const int KillNow = 9;
    public const int Terminate = 15;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    public static extern int Kill(int processId, int signal);
}
