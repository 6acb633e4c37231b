using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using TorchSharp;

namespace Hpo.NativeTrainer.Torch;

/// <summary>
/// Loads TorchSharp's native library. As it is published it asks for a version of libstdc++ (GLIBCXX_3.4.32, GCC 13)
/// that Debian 12 and Ubuntu 22.04 do not have, through a symbol that nothing calls. Where it does not load for just that
/// reason, a copy that can do without is made in the user's cache and loaded instead; the package is never changed, and
/// where the library loads as it is nothing is done.
/// </summary>
public static class TorchLibrary
{
    private const string Name = "LibTorchSharp";
    private const string FileName = "libLibTorchSharp.so";
    private const string MissingVersion = "GLIBCXX_3.4.32";
    private const string UncalledSymbol = "_ZSt21ios_base_library_initv";

    private static readonly Lock LoadLock = new();
    private static bool _isRegistered;

    /// <summary>The copy that was loaded instead of the package's library, or null where that loads as it is.</summary>
    public static string? CuredCopy { get; private set; }

    /// <summary>Loads libtorch. A program that uses TorchSharp directly calls it once before.</summary>
    /// <exception cref="TorchLibraryException">A native library is missing or does not load.</exception>
    public static void EnsureLoaded()
    {
        lock (LoadLock)
        {
            if (!_isRegistered && OperatingSystem.IsLinux())
                AssemblyLoadContext.GetLoadContext(typeof(torch).Assembly)!.ResolvingUnmanagedDll += LoadCuredCopy;
            if (!_isRegistered) OpenMpWaiting.Shorten();
            _isRegistered = true;
            // A Python process that has a libtorch already refuses a second one here; TorchSharp itself would print a page
            // about what it did not find.
            NativeLibrary.TryLoad(Name, typeof(torch).Assembly, null, out _);
            try
            {
                torch.InitializeDeviceType(DeviceType.CPU);
            }
            catch (Exception exception) when (exception is NotSupportedException or TypeInitializationException or DllNotFoundException)
            {
                throw new TorchLibraryException(Reason(), exception);
            }
        }
    }

    /// <summary>The library as the package brings it, or null where it is not there.</summary>
    internal static string? FindOriginal() =>
        (AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(ProgramFolders.SelectMany(folder =>
                (string[])[folder, Path.Combine(folder, "runtimes", RuntimeInformation.RuntimeIdentifier, "native")]))
            .Select(folder => Path.Combine(folder, FileName))
            .FirstOrDefault(File.Exists);

    // Where a Python process is the host, its own folder is the program's.
    private static IEnumerable<string> ProgramFolders =>
        [AppContext.BaseDirectory, Path.GetDirectoryName(typeof(TorchLibrary).Assembly.Location)!];

    /// <summary>The file's bytes without the need that cannot be met, or null where another cause is in the way.</summary>
    internal static byte[]? Cure(byte[] library)
    {
        var needs = new ElfVersionNeeds(library);
        return needs.SymbolsOf(MissingVersion) is [UncalledSymbol] && needs.MakeWeak(MissingVersion) ? library : null;
    }

    // The runtime asks here only after its own search has failed.
    private static IntPtr LoadCuredCopy(Assembly assembly, string name)
    {
        if (name != Name || FindOriginal() is not { } original) return IntPtr.Zero;
        if (Cure(File.ReadAllBytes(original)) is not { } cured) return IntPtr.Zero;
        LoadDependencies(Path.GetDirectoryName(original)!);
        string copy = CuredLibraryCache.Store(cured, FileName);
        if (!NativeLibrary.TryLoad(copy, out IntPtr handle)) return IntPtr.Zero;
        CuredCopy = copy;
        return handle;
    }

    // The copy does not lie beside them; once loaded, the system's loader finds them by their names.
    private static void LoadDependencies(string folder)
    {
        foreach (string name in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so", "libtorch_cuda.so"])
            NativeLibrary.TryLoad(Path.Combine(folder, name), out _);
    }

    private static string Reason()
    {
        if (FindOriginal() is not { } original)
            return $"TorchSharp's native library {FileName} is not beside the program: build or publish it again for this platform.";
        try
        {
            NativeLibrary.Load(original);
            return "libtorch does not start";
        }
        catch (Exception exception) when (exception is DllNotFoundException or BadImageFormatException)
        {
            return $"TorchSharp's native library does not load: {exception.Message.Split('\n')[0]}";
        }
    }
}
