using System.Text.Json.Nodes;
using Hpo.Interop.Bridge;
using Hpo.Interop.Storages;
using Hpo.Tests;

namespace Hpo.Interop.Tests;

/// <summary>Values of any shape come back as they went, or are refused with a clear error.</summary>
public sealed class FuzzTests
{
    private const string Echo =
        """
        def echo(value):
            return value

        def nested(depth):
            value = 1
            for _ in range(depth):
                value = [value]
            return value

        def surrogate():
            return {"key": ["a", "\ud800"]}

        def huge():
            return 2**63
        """;

    private static readonly PythonBridge Bridge = OptunaRuntime.Current.Glue.Bridge;
    private static readonly PythonHandle Module = Bridge.LoadModule("fuzz_echo", Echo);

    public static TheoryData<int> Seeds => [.. Enumerable.Range(0, 20)];

    [Theory, MemberData(nameof(Seeds))]
    public void Random_values_cross_and_come_back(int seed)
    {
        var random = new Random(seed);
        using PythonHandle echo = Bridge.GetAttribute(Module, "echo");
        for (int i = 0; i < 100; i++)
        {
            PythonValue value = RandomValue(random, depth: 6);
            Text(Bridge.Call(echo, value)).Should().Be(Text(value));
        }
    }

    [Theory, MemberData(nameof(Seeds))]
    public void Random_attributes_are_stored_and_read(int seed)
    {
        var random = new Random(seed);
        using var folder = new TemporaryFolder();
        Storage storage = seed % 2 == 0 ? new InMemoryStorage() : $"sqlite:///{folder.File("fuzz.db")}";
        using Study study = Study.Create(new StudyOptions { Storage = storage });
        PythonValue value = RandomValue(random, depth: 4);
        study.SetUserAttr("any", Glue.Objects.FromPython(value));
        Text(Glue.Objects.ToPython(study.UserAttrs["any"])).Should().Be(Text(value));
    }

    [Fact]
    public void A_long_list_crosses()
    {
        using PythonHandle echo = Bridge.GetAttribute(Module, "echo");
        PythonValue[] list = [.. Enumerable.Range(0, 500_000).Select(number => (PythonValue)(number * 0.5))];
        Bridge.Call(echo, (PythonValue)list).AsList().Select(item => item.AsFloat()).Should().Equal(list.Select(item => item.AsFloat()));
    }

    [Fact]
    public void Nesting_crosses_down_to_200_levels_and_is_refused_below()
    {
        using PythonHandle nested = Bridge.GetAttribute(Module, "nested");
        PythonValue value = Bridge.Call(nested, 200);
        for (int depth = 0; depth < 200; depth++) value = value.AsList().Single();
        value.AsInteger().Should().Be(1);
        FluentActions.Invoking(() => Bridge.Call(nested, 201)).Should().Throw<InvalidCastException>().WithMessage("*200 levels*");

        using Study study = Study.Create();
        object deep = 1;
        for (int depth = 0; depth < 100_000; depth++) deep = new[] { deep };
        FluentActions.Invoking(() => study.SetUserAttr("deep", deep)).Should().Throw<ArgumentException>().WithMessage("*200 levels*");
        var circle = new List<object>();
        circle.Add(circle);
        FluentActions.Invoking(() => study.SetUserAttr("circle", circle)).Should().Throw<ArgumentException>().WithMessage("*200 levels*");
    }

    [Fact]
    public void A_lone_surrogate_is_refused_wherever_it_stands()
    {
        using Study study = Study.Create();
        FluentActions.Invoking(() => study.SetUserAttr("key", new[] { "fine", "\udc00" })).Should().Throw<ArgumentException>().WithMessage("*surrogate*");
        FluentActions.Invoking(() => study.SetUserAttr("\ud800", 1)).Should().Throw<ArgumentException>().WithMessage("*surrogate*");
        using PythonHandle surrogate = Bridge.GetAttribute(Module, "surrogate");
        FluentActions.Invoking(() => Bridge.Call(surrogate)).Should().Throw<PythonCallException>().Which.PythonType.Should().Be("UnicodeEncodeError");
    }

    [Fact]
    public void An_integer_beyond_64_bits_is_refused_in_either_direction()
    {
        using Study study = Study.Create();
        FluentActions.Invoking(() => study.SetUserAttr("n", ulong.MaxValue)).Should().Throw<ArgumentException>();
        using PythonHandle huge = Bridge.GetAttribute(Module, "huge");
        FluentActions.Invoking(() => Bridge.Call(huge)).Should().Throw<PythonCallException>().Which.PythonType.Should().Be("OverflowError");
    }

    [Fact]
    public void Json_is_stored_as_what_it_holds()
    {
        using Study study = Study.Create();
        study.SetUserAttr("json", JsonNode.Parse("""{"list": [1, 2.5, null, true, "x"], "inner": {"n": -9223372036854775808}}"""));
        var stored = (IReadOnlyDictionary<string, object?>)study.UserAttrs["json"]!;
        stored["list"].Should().BeEquivalentTo(new object?[] { 1L, 2.5, null, true, "x" });
        ((IReadOnlyDictionary<string, object?>)stored["inner"]!)["n"].Should().Be(long.MinValue);
    }

    private static PythonValue RandomValue(Random random, int depth) => random.Next(depth > 0 ? 9 : 6) switch
    {
        0 => PythonValue.None,
        1 => random.Next(2) == 0,
        2 => random.Next(4) switch { 0 => long.MinValue, 1 => long.MaxValue, 2 => random.Next(-5, 5), _ => random.NextInt64() },
        3 => random.Next(6) switch
        {
            0 => double.NaN,
            1 => double.PositiveInfinity,
            2 => double.NegativeInfinity,
            3 => -0.0,
            4 => double.Epsilon,
            _ => BitConverter.Int64BitsToDouble(random.NextInt64()),
        },
        < 6 => RandomText(random),
        < 8 => PythonValue.List(Enumerable.Range(0, random.Next(8)), _ => RandomValue(random, depth - 1)),
        _ => RandomMap(random, depth - 1),
    };

    private static OrderedDictionary<string, PythonValue> RandomMap(Random random, int depth)
    {
        var map = new OrderedDictionary<string, PythonValue>();
        for (int i = random.Next(8); i > 0; i--) map[RandomText(random)] = RandomValue(random, depth);
        return map;
    }

    private static string RandomText(Random random)
    {
        string[] pieces = ["\0", "é", "日本", "🎲", "\r\n", "\"", "\\", "'", " ", "null", "\u2028", "\uffff", "x"];
        return string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));
    }

    // NaN equals itself here, a float stays a float, and 0.0 is not -0.0; a map keeps its order.
    private static string Text(PythonValue value) => value.Kind switch
    {
        PythonKind.List => $"[{string.Join(',', value.AsList().Select(Text))}]",
        PythonKind.Map => $"{{{string.Join(',', value.AsMap().Select(pair => $"{pair.Key.Length}:{pair.Key}={Text(pair.Value)}"))}}}",
        PythonKind.Float when double.IsNaN(value.AsFloat()) => "Float nan",
        PythonKind.Float => $"Float {BitConverter.DoubleToInt64Bits(value.AsFloat())}",
        PythonKind.Integer => $"Integer {value.AsInteger()}",
        PythonKind.Bool => $"Bool {value.AsBool()}",
        PythonKind.String => $"String {value.AsString()}",
        _ => value.Kind.ToString(),
    };
}
