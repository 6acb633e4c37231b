using System.Reflection;
using Hpo.Interop.Engine.CApi;
using Python.Runtime;

namespace Hpo.Interop.Engine;

/// <summary>The engine over the package pythonnet.</summary>
internal sealed class PythonNetEngine : IPythonEngine
{
    private readonly PythonNetErrors _errors;
    private readonly PyObject _wrapCallback;

    private PythonNetEngine()
    {
        LoadModule(GlueSource.PackageModule, GlueSource.Read(GlueSource.PackageModule)).Dispose();
        PythonHandle errors = LoadModule(GlueSource.ErrorsModule, GlueSource.Read(GlueSource.ErrorsModule));
        PythonHandle adapter = LoadModule("hpo_glue.pythonnet_callbacks", PythonNetCallback.Adapter);
        using (PythonNetGil.Acquire())
        {
            _errors = new PythonNetErrors(Object(errors));
            _wrapCallback = Object(adapter).GetAttr("wrap");
        }
    }

    public string Name => PythonEngines.PythonNet;

    /// <exception cref="PythonStartException">Python cannot be started in this process.</exception>
    public static PythonNetEngine Start(PythonInstallation installation)
    {
        try
        {
            // pythonnet starts Python the old way, where the C locale gives an ASCII file-system encoding.
            Interpreter.PreInitialize(installation);
            Runtime.PythonDLL = installation.Library;
            PythonEngine.ProgramName = installation.Executable; // leads Python to its venv
            PythonEngine.Initialize(setSysArgv: false, initSigs: false);
            using (Py.Import("threading"))
            {
                // Whichever thread imports threading first becomes Python's main thread: it must not be one of a pool.
            }
            PythonEngine.BeginAllowThreads();
            KeepInterpreterAtExit();
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw new PythonStartException(
                $"pythonnet cannot start Python {installation.Version} with {installation.Library}: {exception.Message}",
                exception);
        }
        return new PythonNetEngine();
    }

    public PythonHandle LoadModule(string name, string source)
    {
        using Py.GILState gil = PythonNetGil.Acquire();
        using PyObject sys = Py.Import("sys");
        using PyObject attribute = sys.GetAttr("modules");
        using var modules = new PyDict(attribute);
        return Translating(() => new PythonNetHandle(
            modules.HasKey(name) ? modules.GetItem(name) : PyModule.FromString(name, source, $"<{name}>")));
    }

    public PythonHandle GetAttribute(PythonHandle owner, string name)
    {
        using (PythonNetGil.Acquire()) return Translating(() => new PythonNetHandle(Object(owner).GetAttr(name)));
    }

    public PythonValue Call(PythonHandle callable, params ReadOnlySpan<PythonValue> arguments)
    {
        using Py.GILState gil = PythonNetGil.Acquire();
        PythonNetHandle.DropAbandoned();
        var values = new PyObject[arguments.Length];
        try
        {
            for (int i = 0; i < values.Length; i++) values[i] = PythonNetValues.ToPython(arguments[i]);
            using PyObject result = Object(callable).Invoke(values);
            return PythonNetValues.FromPython(result);
        }
        catch (Python.Runtime.PythonException exception)
        {
            throw _errors.Fetch(exception);
        }
        finally
        {
            foreach (PyObject? value in values) value?.Dispose();
        }
    }

    public PythonHandle CreateCallback(PythonCallback callback)
    {
        using Py.GILState gil = PythonNetGil.Acquire();
        using var target = PyObject.FromManagedObject(new PythonNetCallback(callback, _errors));
        return new PythonNetHandle(_wrapCallback.Invoke(target));
    }

    // pythonnet finalises Python at the end of the process. A thread that is still in a study would then vanish or
    // crash, and it takes seconds. It has no public way to leave that out.
    private static void KeepInterpreterAtExit()
    {
        MethodInfo? handler = typeof(PythonEngine).GetMethod("OnProcessExit", BindingFlags.Static | BindingFlags.NonPublic);
        if (handler is not null) AppDomain.CurrentDomain.ProcessExit -= handler.CreateDelegate<EventHandler>();
    }

    private static PyObject Object(PythonHandle handle) => ((PythonNetHandle)handle).Object;

    private PythonHandle Translating(Func<PythonHandle> call)
    {
        try
        {
            return call();
        }
        catch (Python.Runtime.PythonException exception)
        {
            throw _errors?.Fetch(exception) ?? new PythonStartException(exception.Message, exception);
        }
    }
}
