using System.Text.Json;
using Hpo.Interop.Tables;
using Hpo.Tests;

namespace Hpo.Interop.Tests.Tables;

public class PythonJsonTests
{
    // Everything that Python's json can write, and what words inside of strings it must leave alone.
    private const string Corpus =
        """
        import json, math
        values = [
            None, True, False, 0, -1, 2**63 - 1, -2**63, 2**63, 10**40, 0.5, -0.0, 1e-300, 1e300, math.nan, math.inf, -math.inf,
            "", "Infinity Cafe", "NaN", "-Infinity", "\u0001NaN", 'a "quoted" \\ back/slash', "é \U0001f600 \b\f\n\r\t\u0000",
            [], {}, [[], [{}]], [math.nan, "NaN", -math.inf], {"a": {"b": [1, 2.5, None]}, "": "x", "Infinity": math.inf},
        ]
        print(json.dumps([json.dumps(value) for value in values]))
        print(json.dumps([json.dumps(value, ensure_ascii=False) for value in values]))
        print(json.dumps([json.dumps(value, indent=2) for value in values]))
        """;

    private const string ReadBack = "import json, sys; print(json.dumps([json.dumps(json.loads(text)) for text in json.loads(sys.argv[1])]))";

    [Fact]
    public async Task What_Python_writes_is_read_and_written_again_as_Python_reads_it()
    {
        string[][] forms = [.. (await PythonOracle.RunAsync(Corpus)).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<string[]>(line)!)];
        string[] written = [.. forms[0].Select(text => PythonJson.Write(PythonJson.Parse(text)))];

        string[] again = JsonSerializer.Deserialize<string[]>(await PythonOracle.RunAsync(ReadBack, JsonSerializer.Serialize(written)))!;

        int huge = Array.IndexOf(forms[0], "9223372036854775808");
        again.Where((_, index) => index != huge && index != huge + 1).Should()
            .Equal(forms[0].Where((_, index) => index != huge && index != huge + 1));
        again[huge].Should().Be("9.223372036854776e+18", "beyond long it is a double");
        foreach (string[] form in forms) form.Select(text => PythonJson.Write(PythonJson.Parse(text))).Should().Equal(written);
    }

    [Fact]
    public void Values_have_the_types_that_are_promised()
    {
        PythonJson.Parse("""[null, true, 1, 1.0, 1e2, "x", NaN, -Infinity, {"a": 1, "a": 2}]""").Should().BeEquivalentTo(
            new object?[]
            {
                null, true, 1L, 1.0, 100.0, "x", double.NaN, double.NegativeInfinity, new OrderedDictionary<string, object?> { ["a"] = 2L },
            },
            options => options.WithStrictOrdering());
    }

    [Fact]
    public void Half_of_a_surrogate_pair_becomes_the_replacement_character()
    {
        PythonJson.Parse("""["\ud83d\ude00", "a\ud83dz", "\ude00"]""").Should().BeEquivalentTo(
            new object?[] { "\U0001f600", "a\ufffdz", "\ufffd" }, options => options.WithStrictOrdering());
    }

    [Theory]
    [InlineData("")]
    [InlineData("nul")]
    [InlineData("nan")]
    [InlineData("+1")]
    [InlineData("01")]
    [InlineData("-01")]
    [InlineData("1.")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("1e")]
    [InlineData("[1,]")]
    [InlineData("[1")]
    [InlineData("{\"a\"}")]
    [InlineData("{a: 1}")]
    [InlineData("{\"a\": 1,}")]
    [InlineData("\"open")]
    [InlineData("\"\\x\"")]
    [InlineData("\"\\u12\"")]
    [InlineData("\"\\u+123\"")]
    [InlineData("\"line\nbreak\"")]
    [InlineData("1 2")]
    [InlineData("NaNs")]
    public void What_is_no_JSON_is_refused_with_the_place(string text)
    {
        Action parse = () => PythonJson.Parse(text);

        parse.Should().Throw<JsonException>().WithMessage("*of the JSON*");
        PythonJson.TryParse(text, out object? value).Should().BeFalse();
        value.Should().BeNull();
    }

    [Fact]
    public void Nesting_that_no_stack_can_hold_is_refused()
    {
        Action deep = () => PythonJson.Parse(new string('[', 100_000));

        deep.Should().Throw<JsonException>();
        PythonJson.TryParse(new string('[', 1000) + new string(']', 1000), out object? _).Should().BeTrue();
    }
}
