using System.Runtime.InteropServices;

namespace Hpo.Interop.Bridge.CApi;

/// <summary>Loads libpython so that Python's own extension modules find its symbols.</summary>
internal static partial class PythonLibraryLoader
{
    private const int RtldNow = 2;
    private const int RtldGlobalLinux = 0x100;
    private const int RtldGlobalMac = 0x8;

    /// <exception cref="DllNotFoundException">The library cannot be loaded; the message holds the loader's reason.</exception>
    public static nint Load(string path)
    {
        if (OperatingSystem.IsWindows()) return NativeLibrary.Load(path);

        // NativeLibrary.Load keeps symbols local: numpy then fails with "undefined symbol: PyExc_…".
        int flags = RtldNow | (OperatingSystem.IsMacOS() ? RtldGlobalMac : RtldGlobalLinux);
        nint library = OpenLibrary(path, flags);
        return library != 0
            ? library
            : throw new DllNotFoundException(Marshal.PtrToStringUTF8(LastError()) ?? $"{path} could not be loaded.");
    }

    [LibraryImport("libc", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint OpenLibrary(string path, int flags);

    [LibraryImport("libc", EntryPoint = "dlerror")]
    private static partial nint LastError();
}
