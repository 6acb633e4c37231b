using System.Diagnostics;
using Hpo.Interop;
using Hpo.Interop.Bridge;

namespace Hpo.Benchmarks;

/// <summary>Calls Python from eight threads, which calls back each time, and watches memory and references.</summary>
internal static class InteropCrossings
{
    private const int Threads = 8;

    private const string Python =
        """
        import gc
        import sys

        class Thing:
            pass

        def there_and_back(callback, thing, number, text):
            return callback(thing, number + 1, text)

        def references(thing):
            return sys.getrefcount(thing)

        def make_thing():
            return Thing()

        def blocks():
            gc.collect()
            return sys.getallocatedblocks()
        """;

    /// <summary>Crosses a number of times, or for a time.</summary>
    public static CrossingsResult Run(int count, TimeSpan time, CancellationToken cancellation)
    {
        PythonBridge bridge = OptunaRuntime.Current.Glue.Bridge;
        using PythonHandle module = bridge.LoadModule("interop_crossings", Python);
        using PythonHandle call = bridge.GetAttribute(module, "there_and_back");
        using PythonHandle references = bridge.GetAttribute(module, "references");
        using PythonHandle blocks = bridge.GetAttribute(module, "blocks");
        using PythonHandle make = bridge.GetAttribute(module, "make_thing");
        using PythonHandle thing = bridge.Call(make).AsHandle();
        Cross(bridge, call, thing, 20_000, TimeSpan.Zero, cancellation); // so that caches are as full as they get

        long referencesBefore = bridge.Call(references, thing).AsInteger(), blocksBefore = bridge.Call(blocks).AsInteger();
        long memoryBefore = ResidentBytes();
        var watch = Stopwatch.StartNew();
        (long crossings, long wrong) = Cross(bridge, call, thing, count, time, cancellation);
        TimeSpan elapsed = watch.Elapsed;
        return new CrossingsResult(
            crossings,
            wrong,
            elapsed.TotalSeconds,
            bridge.Call(references, thing).AsInteger() - referencesBefore,
            bridge.Call(blocks).AsInteger() - blocksBefore,
            (ResidentBytes() - memoryBefore) / 1e6);
    }

    // Each round is two crossings: into Python, and back into C#.
    private static (long Crossings, long Wrong) Cross(
        PythonBridge bridge, PythonHandle call, PythonHandle thing, int count, TimeSpan time, CancellationToken cancellation)
    {
        long crossings = 0, wrong = 0;
        var watch = Stopwatch.StartNew();
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(worker => new Thread(() =>
        {
            using PythonHandle callback = bridge.CreateCallback(arguments =>
            {
                arguments[0].AsHandle().Dispose();
                return $"{arguments[1].AsInteger()} {arguments[2].AsString()}";
            });
            for (long number = 0; !cancellation.IsCancellationRequested; number++)
            {
                if (time > TimeSpan.Zero ? watch.Elapsed > time : number * 2 * Threads >= count) return;
                string answer = bridge.Call(call, callback, thing, number, $"from {worker}").AsString();
                if (answer != $"{number + 1} from {worker}") Interlocked.Increment(ref wrong);
                Interlocked.Add(ref crossings, 2);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        cancellation.ThrowIfCancellationRequested();
        return (crossings, wrong);
    }

    private static long ResidentBytes()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
