using System.Reflection;
using System.Runtime.CompilerServices;
using Hpo.Interop.Bridge.CApi;
using Python.Runtime;

namespace Hpo.Interop.Bridge.PythonNet;

/// <summary>
/// The package pythonnet in this process, on top of the interpreter that <see cref="PythonBridge"/> started: pythonnet's own
/// start would end the process where PYTHONHOME is wrong, and gives an ASCII file-system encoding in the C locale. With the
/// engine pythonnet it is there before the first study, else it joins when a <c>PyObject</c> is asked for.
/// </summary>
internal static class PythonNetRuntime
{
    private static readonly GilFreeLock JoinLock = new();
    private static string? _version;

    /// <summary>The version of pythonnet; null before it has joined.</summary>
    public static string? Version => Volatile.Read(ref _version);

    /// <summary>Starts pythonnet where it does not run yet.</summary>
    /// <param name="python">The Python that runs in this process.</param>
    /// <exception cref="PythonStartException">It cannot be started.</exception>
    public static void Join(PythonInstallation python)
    {
        if (Version is not null) return;
        using (JoinLock.Enter())
        {
            if (Version is not null) return;
            if (PythonEngines.PythonNetLacks(python) is { } reason)
                throw new PythonStartException($"There are no PyObjects here: {reason}, at {python.Executable}.");
            try
            {
                Initialize(python);
            }
            catch (TypeInitializationException exception)
            {
                throw new PythonStartException(
                    "pythonnet was used, e.g. by Py.GIL(), before Python was started: it has failed for the life of this process. " +
                    "Call OptunaRuntime.Start() first.",
                    exception);
            }
            catch (Exception exception) when (exception is not (OutOfMemoryException or PythonStartException))
            {
                throw new PythonStartException(
                    $"pythonnet cannot use Python {python.Version} at {python.Executable}: {exception.Message}. " +
                    $"{PythonEngines.Variable}={PythonEngines.CApi} starts Python without it.",
                    exception);
            }
        }
    }

    // The first that needs pythonnet's assembly, which a program may lack.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Initialize(PythonInstallation python)
    {
        EnsureOnlyOne();
        EventHandler exitHandler = ExitHandler();
        using var gil = Gil.Acquire();
        if (!PythonEngine.IsInitialized)
        {
            Runtime.PythonDLL = Library(python);
            PythonEngine.Initialize(setSysArgv: false, initSigs: false);
        }
        AppDomain.CurrentDomain.ProcessExit -= exitHandler;
        PythonNetErrors.Install();
        Volatile.Write(ref _version, VersionOf(typeof(PythonEngine).Assembly));
    }

    // A Python program holds Python itself, or has loaded its library: both are found without a name, but not on Windows.
    private static string? Library(PythonInstallation python)
    {
        if (python.Library.Length > 0) return python.Library;
        var version = System.Version.Parse(python.Version);
        return OperatingSystem.IsWindows() ? $"python{version.Major}{version.Minor}.dll" : null;
    }

    // At the end of the process pythonnet takes its objects out of the interpreter, which takes seconds and crashes threads
    // that are still in a study. It has no public way to leave that out.
    private static EventHandler ExitHandler() =>
        typeof(PythonEngine).GetMethod("OnProcessExit", BindingFlags.Static | BindingFlags.NonPublic)
            ?.CreateDelegate<EventHandler>()
        ?? throw new PythonStartException(
            $"pythonnet {VersionOf(typeof(PythonEngine).Assembly)} is not a version that this library knows: its exit handler, " +
            $"which crashes running studies, cannot be taken off. Reference the version that this library asks for, or set " +
            $"{PythonEngines.Variable}={PythonEngines.CApi}.");

    private static void EnsureOnlyOne()
    {
        Assembly own = typeof(PythonEngine).Assembly;
        Assembly? other = AppDomain.CurrentDomain.GetAssemblies()
            .FirstOrDefault(assembly => assembly != own && assembly.GetName().Name == own.GetName().Name);
        if (other is null) return;
        throw new PythonStartException(
            $"There are no PyObjects here: this process has loaded another pythonnet, {VersionOf(other)} from {other.Location}, " +
            "and two of them cannot share one interpreter. Do not load pythonnet from Python in this process, or run the " +
            "objective in a process of its own (isolated=True).");
    }

    private static string VersionOf(Assembly assembly) =>
        assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0]
        ?? assembly.GetName().Version!.ToString();
}
