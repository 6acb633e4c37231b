using System.Collections.Concurrent;
using Hpo.Interop.Engine;

namespace Hpo.Interop.Glue;

/// <summary>One Python module of the bridge, with Optuna's errors translated to this library's.</summary>
internal sealed class GlueModule(IPythonEngine engine, string name)
{
    private readonly PythonHandle _module = engine.LoadModule(name, GlueSource.Read(name));
    private readonly ConcurrentDictionary<string, PythonHandle> _functions = new();

    public PythonValue Call(string function, params ReadOnlySpan<PythonValue> arguments)
    {
        if (!_functions.TryGetValue(function, out PythonHandle? callable))
            callable = _functions.GetOrAdd(function, engine.GetAttribute(_module, function));
        try
        {
            return engine.Call(callable, arguments);
        }
        catch (PythonException exception) when (OptunaErrors.Translate(exception) is { } translated)
        {
            throw translated;
        }
    }
}
