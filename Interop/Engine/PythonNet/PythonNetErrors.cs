using System.Runtime.ExceptionServices;
using Python.Runtime;

namespace Hpo.Interop.Engine;

/// <summary>Carries errors across, as the port asks. The caller holds the GIL.</summary>
internal sealed class PythonNetErrors
{
    private readonly PyObject _hostError;
    private readonly PyObject _describe;

    public PythonNetErrors(PyObject glue)
    {
        _hostError = glue.GetAttr("DotNetError");
        _describe = glue.GetAttr("describe");
    }

    /// <summary>What to throw for a Python error; an exception that C# code threw is thrown from here, with its
    /// stack.</summary>
    public Exception Fetch(Python.Runtime.PythonException exception)
    {
        exception.Normalize();
        PyObject instance = exception.Value ?? PyObject.None;
        if (instance.IsInstance(_hostError))
        {
            using PyObject holder = instance.GetAttr("exception");
            if (holder.AsManagedObject(typeof(ExceptionHolder)) is ExceptionHolder original)
                ExceptionDispatchInfo.Throw(original.Exception);
        }
        if (exception.Traceback is { } traceback) instance.SetAttr("__traceback__", traceback);
        return new PythonException(Describe(instance, exception.Type.Name));
    }

    /// <summary>The Python exception to raise for a C# one: the original where it came from Python.</summary>
    public PyObject ToPython(Exception exception)
    {
        if (exception is PythonException { Error.Instance: PythonNetHandle { IsReleased: false } original })
            return PythonNetValues.Duplicate(original.Object);
        using PyObject text = PythonNetValues.ToPython(HostErrorText.Of(exception));
        using var holder = PyObject.FromManagedObject(new ExceptionHolder(exception));
        return _hostError.Invoke(text, holder);
    }

    private PythonError Describe(PyObject instance, string typeName)
    {
        var handle = new PythonNetHandle(instance);
        try
        {
            using PyObject result = _describe.Invoke(instance);
            PythonValue[] facts = PythonNetValues.FromPython(result).AsList();
            string[] names = [.. facts[0].AsList().Select(name => name.AsString())];
            return new PythonError(names[0], names, facts[1].AsString(), facts[2].AsString(), handle)
            {
                Causes = [.. facts[3].AsList().Select(cause => cause.AsString())],
            };
        }
        catch (Python.Runtime.PythonException)
        {
            return new PythonError(typeName, [typeName], "", "", handle);
        }
    }

    /// <summary>Keeps pythonnet from converting an exception object on its way.</summary>
    private sealed class ExceptionHolder(Exception exception)
    {
        public Exception Exception => exception;
    }
}
