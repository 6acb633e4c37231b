using Hpo.Interop.Bridge;

namespace Hpo.Interop.Tests.Bridge;

public sealed class ThreadStateTests
{
    private const int Threads = 200;

    // A third of the threads: what the engine leaves for a while, with room for what has not been collected yet.
    private const int LeftAtMost = Threads / 3;

    private const string Source =
        """
        import threading, weakref

        of_thread = threading.local()
        things = weakref.WeakSet()

        class Thing:
            pass

        def remember():
            of_thread.thing = Thing()
            things.add(of_thread.thing)

        def remembered():
            return len(things)
        """;

    private static PythonBridge Bridge => ContractModule.Bridge;
    private static readonly PythonHandle Module = Bridge.LoadModule("thread_states", Source);

    [Fact]
    public void What_python_remembers_of_threads_that_are_gone_is_dropped()
    {
        for (int number = 0; number < Threads; number++) RememberOnNewThread();
        SpinWait.SpinUntil(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                RememberOnNewThread();
                return Call("remembered").AsInteger() <= LeftAtMost;
            },
            TimeSpan.FromSeconds(30)).Should().BeTrue();
    }

    private static void RememberOnNewThread() => ContractModule.OnNewThread(() => Call("remember"));

    private static PythonValue Call(string function)
    {
        using PythonHandle callable = Bridge.GetAttribute(Module, function);
        return Bridge.Call(callable);
    }
}
