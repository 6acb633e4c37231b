using Hpo.Interop.Bridge;
using static Hpo.Interop.Tests.Bridge.ContractModule;

namespace Hpo.Interop.Tests.Bridge;

/// <summary>What every engine promises of calls from Python into C#, and of threads.</summary>
[Collection(nameof(ContractModule))] // they count what is alive in it
public sealed class EngineCallbackTests
{
    private static PythonBridge Bridge => ContractModule.Bridge;

    [Fact]
    public void Python_calls_back_with_arguments_and_result()
    {
        using PythonHandle callback = Bridge.CreateCallback(arguments => $"{arguments[0].AsInteger()}/{arguments[1].AsString()}");
        Call("call", callback, 7, "x").AsString().Should().Be("7/x");
    }

    [Fact]
    public void An_exception_of_a_callback_comes_back_as_the_same_object_with_its_stack()
    {
        var thrown = new InvalidOperationException("from C#");
        using PythonHandle callback = Bridge.CreateCallback(_ => Throw(thrown));

        FluentActions.Invoking(() => Call("call", callback)).Should().Throw<InvalidOperationException>()
            .Which.Should().BeSameAs(thrown);
        thrown.StackTrace.Should().Contain(nameof(Throw));

        static PythonValue Throw(Exception exception) => throw exception;
    }

    [Fact]
    public void Python_sees_a_callbacks_exception_with_its_type_and_message()
    {
        using PythonHandle callback = Bridge.CreateCallback(_ => throw new InvalidOperationException("bad \ud800 text"));
        Call("catch", callback).AsString().Should().StartWith("DotNetError: System.InvalidOperationException: bad");
    }

    [Fact]
    public void A_python_error_passes_through_a_callback_as_the_same_object()
    {
        using PythonHandle callback = Bridge.CreateCallback(arguments =>
        {
            using PythonHandle raising = arguments[0].AsHandle();
            return Bridge.Call(raising);
        });
        Call("same_error_comes_back", callback).AsBool().Should().BeTrue();
    }

    [Fact]
    public void A_callback_runs_without_the_gil()
    {
        using var entered = new Barrier(2);
        using PythonHandle callback = Bridge.CreateCallback(_ =>
        {
            // Both Python threads must be in here at once, which they cannot be while one holds the GIL.
            entered.SignalAndWait(TimeSpan.FromSeconds(30)).Should().BeTrue();
            return PythonValue.None;
        });
        Call("in_thread", callback, 2).IsNone.Should().BeTrue();
    }

    [Fact]
    public void Calls_nest_across_the_border()
    {
        using PythonHandle call = Bridge.GetAttribute(Module, "call");
        Descend(20).Should().Be(20);

        long Descend(int depth)
        {
            if (depth == 0) return 0;
            using PythonHandle next = Bridge.CreateCallback(_ => 1 + Descend(depth - 1));
            return Bridge.Call(call, next).AsInteger();
        }
    }

    [Fact]
    public async Task Many_threads_call_at_once_with_correct_results()
    {
        using PythonHandle echo = Bridge.GetAttribute(Module, "echo");
        IEnumerable<Task<bool>> workers = Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
            Enumerable.Range(0, 2000).All(i => Bridge.Call(echo, $"{worker}-{i}").AsString() == $"{worker}-{i}")));
        (await Task.WhenAll(workers)).Should().OnlyContain(correct => correct);
    }

    [Fact]
    public void What_python_remembers_of_a_thread_lasts_from_call_to_call()
    {
        Remembered(1).Should().Be(1);
        OnNewThread(() => Call("recall")).IsNone.Should().BeTrue("it is another thread");

        static long Remembered(long value) => OnNewThread(() =>
        {
            Call("remember", value);
            return Call("recall");
        }).AsInteger();
    }

    [Fact]
    public void Arguments_keep_their_reference_counts()
    {
        using PythonHandle thing = Call("make_thing").AsHandle();
        using PythonHandle callback = Bridge.CreateCallback(arguments =>
        {
            arguments[0].AsHandle().Dispose();
            arguments[1].AsList()[0].AsHandle().Dispose();
            return PythonValue.None;
        });
        long before = Call("reference_count", thing).AsInteger();
        for (int i = 0; i < 1000; i++) Call("call", callback, thing, new PythonValue[] { thing, "text", 1.5 });
        Call("reference_count", thing).AsInteger().Should().Be(before);
    }
}
