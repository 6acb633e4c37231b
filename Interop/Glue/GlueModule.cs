using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Hpo.Interop.Bridge;

namespace Hpo.Interop.Glue;

/// <summary>One module of the Python side, with Optuna's errors translated to this library's.</summary>
internal sealed class GlueModule(PythonBridge bridge, string name)
{
    private readonly PythonHandle _module = bridge.ImportModule($"{GlueSource.Package}.{name}");
    private readonly ConcurrentDictionary<string, PythonHandle> _functions = new();

    /// <summary>Calls a function whose first argument is the object that it works on.</summary>
    public PythonValue CallOn(PythonHandle self, string function, params ReadOnlySpan<PythonValue> arguments)
    {
        var buffer = default(ArgumentBuffer);
        Span<PythonValue> all = buffer;
        all[0] = self;
        arguments.CopyTo(all[1..]);
        return Call(function, all[..(arguments.Length + 1)]);
    }

    public PythonValue Call(string function, params ReadOnlySpan<PythonValue> arguments)
    {
        if (!_functions.TryGetValue(function, out PythonHandle? callable))
            callable = _functions.GetOrAdd(function, bridge.GetAttribute(_module, function));
        try
        {
            return bridge.Call(callable, arguments);
        }
        catch (PythonCallException exception) when (OptunaErrors.Translate(exception) is { } translated)
        {
            throw translated;
        }
    }

    // On the stack: a trial makes many such calls, and each is short.
    [InlineArray(Capacity)]
    private struct ArgumentBuffer
    {
        private const int Capacity = 12;

        private PythonValue _first;
    }
}
