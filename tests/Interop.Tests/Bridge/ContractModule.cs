using Hpo.Interop.Bridge;
using Hpo.Interop.Bridge.CApi;

namespace Hpo.Interop.Tests.Bridge;

/// <summary>The engine under test, and the Python that its contract is tested with.</summary>
internal static class ContractModule
{
    // Not by the class's constructor, on whose end a thread that holds the GIL would wait without releasing it.
    private static readonly GilFreeLock LoadLock = new();
    private static PythonHandle? _module;

    public static PythonBridge Bridge => OptunaRuntime.Current.Glue.Bridge;

    public static PythonHandle Module
    {
        get
        {
            using (LoadLock.Enter()) return _module ??= Bridge.LoadModule("engine_contract", Source);
        }
    }

    private const string Source =
        """
        import gc, sys, threading, time

        def echo(value):
            return value

        def type_name(value):
            return type(value).__name__

        def call(function, *arguments):
            return function(*arguments)

        def fail(kind, text):
            raise getattr(__builtins__, kind)(text) if hasattr(__builtins__, kind) else __builtins__[kind](text)

        def catch(function):
            try:
                function()
            except Exception as error:
                return "%s: %s" % (type(error).__name__, error)

        def same_error_comes_back(function):
            class Mine(Exception):
                pass
            raised = Mine("mine")
            def throw():
                raise raised
            try:
                function(throw)
            except Exception as error:
                return error is raised

        class Thing:
            alive = 0
            def __init__(self):
                Thing.alive += 1
            def __del__(self):
                Thing.alive -= 1

        def make_thing():
            return Thing()

        def things_alive():
            gc.collect()
            return Thing.alive

        of_thread = threading.local()

        def remember(value):
            of_thread.value = value

        def recall():
            return getattr(of_thread, "value", None)

        def is_thing(value):
            return isinstance(value, Thing)

        def numpy_scalar():
            import numpy
            return numpy.float64(2.5)

        def self_reference():
            items = []
            items.append(items)
            return items

        def big_integer():
            return 2 ** 64

        def lone_surrogate():
            return "\ud800"

        def integer_keys():
            return {1: 2}

        def in_thread(function, count):
            threads = [threading.Thread(target=function) for _ in range(count)]
            [thread.start() for thread in threads]
            [thread.join() for thread in threads]

        def reference_count(value):
            return sys.getrefcount(value)
        """;

    public static PythonValue Call(string function, params ReadOnlySpan<PythonValue> arguments)
    {
        using PythonHandle callable = Bridge.GetAttribute(Module, function);
        return Bridge.Call(callable, arguments);
    }

    public static PythonValue OnNewThread(Func<PythonValue> call)
    {
        PythonValue result = PythonValue.None;
        var thread = new Thread(() => result = call());
        thread.Start();
        thread.Join();
        return result;
    }
}
