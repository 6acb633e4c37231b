using System.Runtime.InteropServices;

namespace Hpo.Interop.Bridge.CApi;

/// <summary>Starts CPython in this process.</summary>
internal static unsafe class Interpreter
{
    // PyConfig grows with each version and never held more than 500 bytes; CPython writes its own size only.
    private const int ConfigSize = 8192;

    // int _config_init, isolated, use_environment, dev_mode, install_signal_handlers: the same since Python 3.8.
    private const int InstallSignalHandlersOffset = 4 * sizeof(int);

    /// <summary>Loads the library and initialises the interpreter as the given executable would; the calling thread
    /// then no longer holds the GIL. Does nothing more than bind where Python runs already.</summary>
    /// <exception cref="PythonStartException">The library cannot be loaded, or Python refuses to start.</exception>
    public static void Start(PythonInstallation installation)
    {
        nint library;
        try
        {
            library = PythonLibraryLoader.Load(installation.Library);
            LibPython.Bind(library);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            throw new PythonStartException(
                $"The Python library {installation.Library} cannot be used: {exception.Message}", exception);
        }

        if (LibPython.Py_IsInitialized() != 0)
        {
            LibPython.ReadVariables();
            return;
        }

        Initialize(library, installation);
        LibPython.ReadVariables();
        ImportThreading();
        LibPython.PyEval_SaveThread();
    }

    /// <summary>Binds to the interpreter that runs in this process already.</summary>
    /// <param name="library">The loader's handle of the library, or of the program, that holds it.</param>
    /// <exception cref="EntryPointNotFoundException">It lacks a function that Python 3.10 has.</exception>
    public static void Attach(nint library)
    {
        LibPython.Bind(library);
        LibPython.ReadVariables();
    }

    /// <summary>Chooses the locale and the encodings as the python executable does, for the next initialisation.</summary>
    /// <exception cref="DllNotFoundException">The library cannot be loaded.</exception>
    /// <exception cref="PythonStartException">Python refuses to start.</exception>
    public static void PreInitialize(PythonInstallation installation)
    {
        nint library = PythonLibraryLoader.Load(installation.Library);
        var initPythonConfig =
            (delegate* unmanaged[Cdecl]<void*, void>)NativeLibrary.GetExport(library, "PyPreConfig_InitPythonConfig");
        var preInitialize =
            (delegate* unmanaged[Cdecl]<void*, PyStatus>)NativeLibrary.GetExport(library, "Py_PreInitialize");
        byte* config = (byte*)NativeMemory.AllocZeroed(ConfigSize);
        try
        {
            initPythonConfig(config);
            Check(preInitialize(config), installation);
        }
        finally
        {
            NativeMemory.Free(config);
        }
    }

    private static void Initialize(nint library, PythonInstallation installation)
    {
        var initPythonConfig =
            (delegate* unmanaged[Cdecl]<void*, void>)NativeLibrary.GetExport(library, "PyConfig_InitPythonConfig");
        var setBytesArgv = (delegate* unmanaged[Cdecl]<void*, nint, byte**, PyStatus>)NativeLibrary.GetExport(
            library, "PyConfig_SetBytesArgv");
        var initializeFromConfig =
            (delegate* unmanaged[Cdecl]<void*, PyStatus>)NativeLibrary.GetExport(library, "Py_InitializeFromConfig");
        var clear = (delegate* unmanaged[Cdecl]<void*, void>)NativeLibrary.GetExport(library, "PyConfig_Clear");

        byte* config = (byte*)NativeMemory.AllocZeroed(ConfigSize);
        nint executable = Marshal.StringToCoTaskMemUTF8(installation.Executable);
        try
        {
            initPythonConfig(config);
            // Signals belong to the .NET host. The check guards against a layout that this code does not know.
            int* installSignalHandlers = (int*)(config + InstallSignalHandlersOffset);
            if (*installSignalHandlers == 1) *installSignalHandlers = 0;

            // The program name alone makes Python find its venv and its standard library.
            byte* argument = (byte*)executable;
            Check(setBytesArgv(config, 1, &argument), installation);
            Check(initializeFromConfig(config), installation);
        }
        finally
        {
            clear(config);
            Marshal.FreeCoTaskMem(executable);
            NativeMemory.Free(config);
        }
    }

    // Whichever thread imports threading first becomes Python's main thread: it must not be one of a pool.
    private static void ImportThreading()
    {
        fixed (byte* name = "threading\0"u8)
        {
            nint module = LibPython.PyImport_ImportModule(name);
            if (module != 0) LibPython.Py_DecRef(module);
            else LibPython.PyErr_Clear();
        }
    }

    private static void Check(PyStatus status, PythonInstallation installation)
    {
        if (status.Type == 0) return;
        string reason = Marshal.PtrToStringUTF8(status.Message) ?? "no reason given";
        throw new PythonStartException(
            $"Python {installation.Version} at {installation.Executable} refuses to start: {reason}. " +
            "A wrong PYTHONHOME or PYTHONPATH is the usual cause: unset them.");
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PyStatus
    {
        public int Type;
        public nint Function;
        public nint Message;
        public int ExitCode;
    }
}
