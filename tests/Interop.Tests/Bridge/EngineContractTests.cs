using System.Text;
using Hpo.Interop.Bridge;
using static Hpo.Interop.Tests.Bridge.ContractModule;

namespace Hpo.Interop.Tests.Bridge;

/// <summary>What the bridge promises. The suite runs once for each way to start Python, in a process of its own.</summary>
[Collection(nameof(ContractModule))] // they count what is alive in it
public sealed class EngineContractTests
{
    private static PythonBridge Bridge => ContractModule.Bridge;

    public static TheoryData<string> Texts => ["", "plain", "Grüße", "日本語", "🎲 dice", "nul\0inside", new string('x', 5000)];

    [Fact]
    public void The_engine_is_the_one_that_was_asked_for() =>
        OptunaRuntime.Current.EngineName.Should().Be(
            Environment.GetEnvironmentVariable(PythonEngines.Variable) ?? PythonEngines.PythonNet);

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
        PythonCallException error = FluentActions.Invoking(() => Call("fail", "ValueError", "wrong"))
            .Should().Throw<PythonCallException>().Which;
        error.PythonType.Should().Be("ValueError");
        error.PythonMessage.Should().Be("wrong");
        error.Message.Should().Be("ValueError: wrong");
        error.PythonTraceback.Should().Contain("Traceback").And.Contain("engine_contract").And.Contain("ValueError: wrong");
    }

    [Theory]
    [InlineData("big_integer", "OverflowError")]
    [InlineData("lone_surrogate", "UnicodeEncodeError")]
    public void What_has_no_form_in_dotnet_is_a_clear_error(string function, string error) =>
        FluentActions.Invoking(() => Call(function)).Should().Throw<PythonCallException>().Which.PythonType.Should().Be(error);

    [Theory, InlineData("self_reference"), InlineData("integer_keys")]
    public void What_the_port_does_not_carry_is_refused(string function) =>
        FluentActions.Invoking(() => Call(function)).Should().Throw<InvalidCastException>();

    [Fact]
    public void A_lone_surrogate_is_refused_on_the_way_to_python() =>
        FluentActions.Invoking(() => Call("echo", "a\ud800")).Should().Throw<ArgumentException>().WithMessage("*index 1*");

    [Fact]
    public void The_file_system_encoding_is_utf8()
    {
        using PythonHandle module = Bridge.LoadModule("encoding_probe", "import sys\ndef encoding(): return sys.getfilesystemencoding()");
        using PythonHandle encoding = Bridge.GetAttribute(module, "encoding");
        Bridge.Call(encoding).AsString().Should().Be(Encoding.UTF8.WebName);
    }

    [Fact]
    public void A_loaded_module_is_left_alone()
    {
        using PythonHandle first = Bridge.LoadModule("loaded_once", "def answer(): return 1");
        using PythonHandle again = Bridge.LoadModule("loaded_once", "def answer(): return 2");
        using PythonHandle answer = Bridge.GetAttribute(again, "answer");
        Bridge.Call(answer).AsInteger().Should().Be(1);
    }
}
