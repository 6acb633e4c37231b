using System.Collections.Concurrent;
using System.Globalization;
using Hpo.Interop.Bridge;
using Hpo.Interop.Bridge.CApi;
using Hpo.Interop.Tests.Bridge;
using Python.Runtime;

namespace Hpo.Interop.Tests.PythonNet;

/// <summary>Threads that use pythonnet and our calls: locks, kept thread states, right answers and no references left.</summary>
public sealed class PythonNetThreadTests
{
    private const int Threads = 8;
    // HPO_TEST_CROSSINGS: how often each thread crosses by each way.
    private static readonly int Rounds = int.Parse(
        Environment.GetEnvironmentVariable("HPO_TEST_CROSSINGS") ?? "6000", CultureInfo.InvariantCulture);

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);
    private static PythonBridge Bridge => OptunaRuntime.Current.Glue.Bridge;

    public PythonNetThreadTests() => OptunaRuntime.Current.StartPythonNet();

    [Fact]
    public void Who_waits_for_the_lock_lets_go_of_the_gil()
    {
        var shared = new GilFreeLock();
        using var isLocked = new ManualResetEventSlim();
        using var waits = new ManualResetEventSlim();
        using PythonHandle echo = Bridge.GetAttribute(ContractModule.Module, "echo");
        var holder = new Thread(() =>
        {
            using (shared.Enter())
            {
                isLocked.Set();
                waits.Wait();
                Bridge.Call(echo, 1); // needs the GIL, under the lock
            }
        });
        var waiter = new Thread(() =>
        {
            isLocked.Wait();
            using (Py.GIL())
            {
                waits.Set(); // with the GIL, for the lock
                using (shared.Enter()) Gil.IsHeld.Should().BeTrue();
            }
        });
        holder.Start();
        waiter.Start();
        holder.Join(Limit).Should().BeTrue();
        waiter.Join(Limit).Should().BeTrue();
    }

    [Fact]
    public void The_state_of_a_thread_whose_first_touch_was_inside_Py_GIL_is_kept()
    {
        PythonValue remembered = ContractModule.OnNewThread(() =>
        {
            using (Py.GIL()) ContractModule.Call("remember", 5);
            return ContractModule.Call("recall");
        });
        remembered.AsInteger().Should().Be(5);
    }

    [Fact]
    public void Mixed_crossings_from_eight_threads_are_right_and_keep_no_references()
    {
        using PythonHandle module = Bridge.LoadModule("mixed_crossings", "import sys\nclass Thing: pass\ndef make(): return Thing()\ndef pair(thing, number): return (thing, number + 1)\ndef references(thing): return sys.getrefcount(thing)\n");
        using PythonHandle make = Bridge.GetAttribute(module, "make"), pair = Bridge.GetAttribute(module, "pair");
        using PythonHandle references = Bridge.GetAttribute(module, "references");
        using PythonHandle thing = Bridge.Call(make).AsHandle();
        long before = Bridge.Call(references, thing).AsInteger();
        var wrong = new ConcurrentQueue<string>();
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(worker => new Thread(() =>
        {
            for (int number = 0; number < Rounds; number++)
            {
                PythonValue[] ours = Bridge.Call(pair, thing, number).AsList();
                ours[0].AsHandle().Dispose();
                long theirs = WithDynamic(thing, number);
                if (ours[1].AsInteger() != number + 1 || theirs != number + 1) wrong.Enqueue($"{worker}: {number}, {ours[1].AsInteger()}, {theirs}");
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        wrong.Should().BeEmpty();
        // pythonnet lets go of its objects when .NET has collected their wrappers.
        SpinWait.SpinUntil(
            () =>
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
                using (Py.GIL()) Finalizer.Instance.Collect();
                return Bridge.Call(references, thing).AsInteger() == before;
            },
            Limit).Should().BeTrue();
    }

    private static long WithDynamic(PythonHandle thing, int number)
    {
        using (Py.GIL())
        {
            using PyObject same = Hpo.Interop.Bridge.PythonNet.PythonObjects.Get(thing);
            using PyObject module = Py.Import("mixed_crossings");
            dynamic functions = module;
            using PyObject answer = functions.pair(same, number);
            using PyObject second = answer[1];
            return second.As<long>();
        }
    }
}
