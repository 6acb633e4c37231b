using System.Text;
using Hpo.Interop.Engine;

namespace Hpo.Interop.Tests.Engine;

/// <summary>What every engine promises. The suite runs once for each engine, in a process of its own.</summary>
public sealed class EngineContractTests
{
    private static readonly IPythonEngine Engine = OptunaRuntime.Current.Glue.Engine;
    private static readonly PythonHandle Python = Engine.LoadModule("engine_contract", Source);

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

    public static TheoryData<string> Texts => ["", "plain", "Grüße", "日本語", "🎲 dice", "nul\0inside", new string('x', 5000)];

    private static PythonValue Call(string function, params ReadOnlySpan<PythonValue> arguments)
    {
        using PythonHandle callable = Engine.GetAttribute(Python, function);
        return Engine.Call(callable, arguments);
    }

    [Fact]
    public void The_engine_is_the_one_that_was_asked_for() =>
        Engine.Name.Should().Be(
            Environment.GetEnvironmentVariable(PythonEngines.Variable) ?? PythonEngines.Built[0]);

    [Fact]
    public void None_crosses() => Call("echo", PythonValue.None).IsNone.Should().BeTrue();

    [Theory, InlineData(true), InlineData(false)]
    public void A_bool_crosses_as_a_bool(bool value)
    {
        Call("echo", value).AsBool().Should().Be(value);
        Call("type_name", value).AsString().Should().Be("bool");
    }

    [Theory, InlineData(0L), InlineData(-1L), InlineData(long.MaxValue), InlineData(long.MinValue)]
    public void An_integer_crosses_as_an_int(long value)
    {
        PythonValue echoed = Call("echo", value);
        echoed.Kind.Should().Be(PythonKind.Integer);
        echoed.AsInteger().Should().Be(value);
        Call("type_name", value).AsString().Should().Be("int");
    }

    [Theory]
    [InlineData(0.0), InlineData(0.1), InlineData(double.MaxValue), InlineData(double.Epsilon)]
    [InlineData(double.NaN), InlineData(double.PositiveInfinity), InlineData(double.NegativeInfinity)]
    public void A_float_crosses_bit_for_bit(double value)
    {
        PythonValue echoed = Call("echo", value);
        echoed.Kind.Should().Be(PythonKind.Float);
        BitConverter.DoubleToInt64Bits(echoed.AsFloat()).Should().Be(BitConverter.DoubleToInt64Bits(value));
    }

    [Fact]
    public void Negative_zero_keeps_its_sign() => double.IsNegative(Call("echo", -0.0).AsFloat()).Should().BeTrue();

    [Theory, MemberData(nameof(Texts))]
    public void A_string_crosses(string value) => Call("echo", value).AsString().Should().Be(value);

    [Fact]
    public void Bytes_cross()
    {
        byte[] value = [.. Enumerable.Range(0, 256).Select(number => (byte)number)];
        Call("echo", value).AsBytes().Should().Equal(value);
        Call("echo", Array.Empty<byte>()).AsBytes().Should().BeEmpty();
    }

    [Fact]
    public void Lists_and_maps_cross_nested_and_in_order()
    {
        PythonValue value = new OrderedDictionary<string, PythonValue>
        {
            ["z"] = new PythonValue[] { 1, 2.5, "three", PythonValue.None, true },
            ["a"] = new OrderedDictionary<string, PythonValue> { ["inner"] = Array.Empty<PythonValue>() },
        };

        OrderedDictionary<string, PythonValue> echoed = Call("echo", value).AsMap();

        echoed.Keys.Should().Equal("z", "a");
        echoed["z"].AsList().Select(item => item.Kind).Should().Equal(
            PythonKind.Integer, PythonKind.Float, PythonKind.String, PythonKind.None, PythonKind.Bool);
        echoed["a"].AsMap()["inner"].AsList().Should().BeEmpty();
    }

    [Fact]
    public void A_numpy_float_arrives_as_a_float() => Call("numpy_scalar").AsFloat().Should().Be(2.5);

    [Fact]
    public void An_object_crosses_as_a_handle_to_the_same_object()
    {
        using PythonHandle thing = Call("make_thing").AsHandle();
        Call("is_thing", thing).AsBool().Should().BeTrue();
    }

    [Fact]
    public void A_disposed_handle_lets_the_object_go_at_the_next_call()
    {
        long before = Call("things_alive").AsInteger();
        PythonHandle thing = Call("make_thing").AsHandle();
        Call("things_alive").AsInteger().Should().Be(before + 1);
        thing.Dispose();
        Call("things_alive").AsInteger().Should().Be(before);
        FluentActions.Invoking(() => Call("is_thing", thing)).Should().Throw<ObjectDisposedException>();
    }

    [Fact]
    public void A_forgotten_handle_lets_the_object_go_without_a_crash()
    {
        Finalize();
        long before = Call("things_alive").AsInteger();
        Forget(100);
        Finalize();
        Call("things_alive").AsInteger().Should().Be(before);

        static void Finalize()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Call("echo", 0);
        }

        static void Forget(int count)
        {
            for (int i = 0; i < count; i++) Call("make_thing").AsHandle().IsReleased.Should().BeFalse();
        }
    }

    [Fact]
    public void A_python_error_arrives_with_its_type_message_and_traceback()
    {
        PythonException error = FluentActions.Invoking(() => Call("fail", "ValueError", "wrong"))
            .Should().Throw<PythonException>().Which;
        error.PythonType.Should().Be("ValueError");
        error.PythonMessage.Should().Be("wrong");
        error.Message.Should().Be("ValueError: wrong");
        error.PythonTraceback.Should().Contain("Traceback").And.Contain("engine_contract").And.Contain("ValueError: wrong");
    }

    [Theory]
    [InlineData("big_integer", "OverflowError")]
    [InlineData("lone_surrogate", "UnicodeEncodeError")]
    public void What_has_no_form_in_dotnet_is_a_clear_error(string function, string error) =>
        FluentActions.Invoking(() => Call(function)).Should().Throw<PythonException>().Which.PythonType.Should().Be(error);

    [Theory, InlineData("self_reference"), InlineData("integer_keys")]
    public void What_the_port_does_not_carry_is_refused(string function) =>
        FluentActions.Invoking(() => Call(function)).Should().Throw<InvalidCastException>();

    [Fact]
    public void A_lone_surrogate_is_refused_on_the_way_to_python() =>
        FluentActions.Invoking(() => Call("echo", "a\ud800")).Should().Throw<ArgumentException>().WithMessage("*index 1*");

    [Fact]
    public void Python_calls_back_with_arguments_and_result()
    {
        using PythonHandle callback = Engine.CreateCallback(arguments => $"{arguments[0].AsInteger()}/{arguments[1].AsString()}");
        Call("call", callback, 7, "x").AsString().Should().Be("7/x");
    }

    [Fact]
    public void An_exception_of_a_callback_comes_back_as_the_same_object_with_its_stack()
    {
        var thrown = new InvalidOperationException("from C#");
        using PythonHandle callback = Engine.CreateCallback(_ => Throw(thrown));

        FluentActions.Invoking(() => Call("call", callback)).Should().Throw<InvalidOperationException>()
            .Which.Should().BeSameAs(thrown);
        thrown.StackTrace.Should().Contain(nameof(Throw));

        static PythonValue Throw(Exception exception) => throw exception;
    }

    [Fact]
    public void Python_sees_a_callbacks_exception_with_its_type_and_message()
    {
        using PythonHandle callback = Engine.CreateCallback(_ => throw new InvalidOperationException("bad \ud800 text"));
        Call("catch", callback).AsString().Should().StartWith("DotNetError: System.InvalidOperationException: bad");
    }

    [Fact]
    public void A_python_error_passes_through_a_callback_as_the_same_object()
    {
        using PythonHandle callback = Engine.CreateCallback(arguments =>
        {
            using PythonHandle raising = arguments[0].AsHandle();
            return Engine.Call(raising);
        });
        Call("same_error_comes_back", callback).AsBool().Should().BeTrue();
    }

    [Fact]
    public void A_callback_runs_without_the_gil()
    {
        using var entered = new Barrier(2);
        using PythonHandle callback = Engine.CreateCallback(_ =>
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
        using PythonHandle call = Engine.GetAttribute(Python, "call");
        Descend(20).Should().Be(20);

        long Descend(int depth)
        {
            if (depth == 0) return 0;
            using PythonHandle next = Engine.CreateCallback(_ => 1 + Descend(depth - 1));
            return Engine.Call(call, next).AsInteger();
        }
    }

    [Fact]
    public async Task Many_threads_call_at_once_with_correct_results()
    {
        using PythonHandle echo = Engine.GetAttribute(Python, "echo");
        IEnumerable<Task<bool>> workers = Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
            Enumerable.Range(0, 2000).All(i => Engine.Call(echo, $"{worker}-{i}").AsString() == $"{worker}-{i}")));
        (await Task.WhenAll(workers)).Should().OnlyContain(correct => correct);
    }

    [Fact]
    public void Arguments_keep_their_reference_counts()
    {
        using PythonHandle thing = Call("make_thing").AsHandle();
        using PythonHandle callback = Engine.CreateCallback(arguments =>
        {
            arguments[0].AsHandle().Dispose();
            arguments[1].AsList()[0].AsHandle().Dispose();
            return PythonValue.None;
        });
        long before = Call("reference_count", thing).AsInteger();
        for (int i = 0; i < 1000; i++) Call("call", callback, thing, new PythonValue[] { thing, "text", 1.5 });
        Call("reference_count", thing).AsInteger().Should().Be(before);
    }

    [Fact]
    public void The_file_system_encoding_is_utf8()
    {
        using PythonHandle module = Engine.LoadModule("encoding_probe", "import sys\ndef encoding(): return sys.getfilesystemencoding()");
        using PythonHandle encoding = Engine.GetAttribute(module, "encoding");
        Engine.Call(encoding).AsString().Should().Be(Encoding.UTF8.WebName);
    }

    [Fact]
    public void A_loaded_module_is_left_alone()
    {
        using PythonHandle first = Engine.LoadModule("loaded_once", "def answer(): return 1");
        using PythonHandle again = Engine.LoadModule("loaded_once", "def answer(): return 2");
        using PythonHandle answer = Engine.GetAttribute(again, "answer");
        Engine.Call(answer).AsInteger().Should().Be(1);
    }
}
