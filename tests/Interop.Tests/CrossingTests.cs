using System.Collections.Concurrent;
using Hpo.Interop.Bridge;

namespace Hpo.Interop.Tests;

/// <summary>Many crossings from many threads: right answers, and nothing left behind.</summary>
public sealed class CrossingTests
{
    private const int Threads = 8;
    private const int Rounds = 6_000;

    private const string Python =
        """
        import sys

        class Thing:
            pass

        def make_thing():
            return Thing()

        def references(thing):
            return sys.getrefcount(thing)

        def there_and_back(callback, thing, number, text):
            return callback(thing, number + 1, [text, {"thing": thing}])
        """;

    [Fact]
    public void Crossings_from_eight_threads_are_right_and_keep_no_references()
    {
        PythonBridge bridge = OptunaRuntime.Current.Glue.Bridge;
        using PythonHandle module = bridge.LoadModule("crossing_tests", Python);
        using PythonHandle call = bridge.GetAttribute(module, "there_and_back");
        using PythonHandle references = bridge.GetAttribute(module, "references");
        using PythonHandle make = bridge.GetAttribute(module, "make_thing");
        using PythonHandle thing = bridge.Call(make).AsHandle();
        long before = bridge.Call(references, thing).AsInteger();

        var wrong = new ConcurrentQueue<string>();
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(worker => new Thread(() =>
        {
            using PythonHandle callback = bridge.CreateCallback(arguments =>
            {
                arguments[0].AsHandle().Dispose();
                PythonValue[] list = arguments[2].AsList();
                list[1].AsMap()["thing"].AsHandle().Dispose();
                return $"{arguments[1].AsInteger()} {list[0].AsString()}";
            });
            for (int number = 0; number < Rounds; number++)
            {
                string answer = bridge.Call(call, callback, thing, number, $"from {worker}").AsString();
                if (answer != $"{number + 1} from {worker}") wrong.Enqueue(answer);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();

        wrong.Should().BeEmpty();
        bridge.Call(references, thing).AsInteger().Should().Be(before);
    }
}
