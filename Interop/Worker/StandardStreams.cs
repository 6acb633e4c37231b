using System.Runtime.InteropServices;
using System.Text;

namespace Hpo.Interop;

/// <summary>
/// The standard streams as a shell may leave them: closed (<c>&gt;&amp;-</c>), full (<c>/dev/full</c>), or a pipe without a
/// reader, which the runtime passes over by itself. What cannot be written is lost, and ends nothing by itself.
/// </summary>
public static class StandardStreams
{
    private const int GetDescriptorFlags = 1; // F_GETFD
    private const int CloseOnExec = 1;        // FD_CLOEXEC
    private const int ReadWrite = 2;          // O_RDWR
    private const int Output = 1, Error = 2;

    /// <summary>Makes the console's writers safe. To be called before any file is opened.</summary>
    /// <param name="onOutputLost">Called with each failure of standard output, and may throw an exception of the program's
    /// own; null (the default) for a program whose output is worth less than what it does.</param>
    public static void Guard(Action<Exception>? onOutputLost = null)
    {
        bool[] areOpen = [.. Enumerable.Range(0, 3).Select(IsOpen)];
        Console.SetOut(new GuardedWriter(areOpen[Output] ? Console.Out : null, onOutputLost));
        Console.SetError(new GuardedWriter(areOpen[Error] ? Console.Error : null, failed: null));
    }

    // What is opened next takes the number of a closed stream, and gets what is written to the stream: mostly a pipe of the
    // runtime itself, which has its meaning for each byte. What this process has opened is closed on exec, what it was given not.
    private static bool IsOpen(int descriptor)
    {
        if (OperatingSystem.IsWindows()) return true;
        int flags = Control(descriptor, GetDescriptorFlags, 0);
        if (flags < 0) _ = Open("/dev/null", ReadWrite);
        return flags >= 0 && (flags & CloseOnExec) == 0;
    }

    [DllImport("libc", EntryPoint = "fcntl")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Control(int descriptor, int command, int argument);

    [DllImport("libc", EntryPoint = "open", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(string path, int flags);

    private sealed class GuardedWriter(TextWriter? target, Action<Exception>? failed) : TextWriter
    {
        public override Encoding Encoding => target?.Encoding ?? Encoding.UTF8;

        public override void Write(char value) => Try(stream => stream.Write(value));

        public override void Write(string? value) => Try(stream => stream.Write(value));

        public override void Write(char[] buffer, int index, int count) => Try(stream => stream.Write(buffer, index, count));

        public override void Flush() => Try(stream => stream.Flush());

        private void Try(Action<TextWriter> write)
        {
            try
            {
                write(target ?? throw new IOException("it is closed"));
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException or ObjectDisposedException)
            {
                failed?.Invoke(error);
            }
        }
    }
}
