using Hpo.Interop;
using Hpo.NativeTrainer.Dashboard;

namespace Hpo.NativeTrainer.Tests.Dashboard;

/// <summary>JSON as Python writes it.</summary>
public sealed class StorageJsonTests
{
    public static readonly TheoryData<string, object?> Values = new()
    {
        { "null", null },
        { "\"Infinity Cafe\"", "Infinity Cafe" },
        { "\"NaN\"", "NaN" },
        { "\"a \\\"NaN\\\\\"", "a \"NaN\\" },
        { "[NaN, Infinity, -Infinity]", new object?[] { double.NaN, double.PositiveInfinity, double.NegativeInfinity } },
        { "1267650600228229401496703205376", "1267650600228229401496703205376" },
        { "-9223372036854775808", long.MinValue },
        { "1e400", double.PositiveInfinity },
        { "1e2", 100.0 },
        { "\"\\ud83d\\ude00\"", "\ud83d\ude00" },
        { "\"a\\udcffb\"", "a\\udcffb" },
        { "\"\\ud800\\ud83d\\ude00\\\\udcff\"", "\\ud800\ud83d\ude00\\udcff" },
    };

    [Theory]
    [MemberData(nameof(Values))]
    public void An_attribute_of_any_kind_is_read(string json, object? value) =>
        StorageJson.Attribute(json).Should().BeEquivalentTo(value, options => options.WithStrictOrdering());

    [Fact]
    public void A_key_may_be_no_text_either() =>
        StorageJson.Attribute("{\"\\udcff\": {\"NaN\": NaN}}").Should().BeEquivalentTo(
            new Dictionary<string, object?> { ["\\udcff"] = new Dictionary<string, object?> { ["NaN"] = double.NaN } });

    [Fact]
    public void Nesting_may_be_as_deep_as_Pythons()
    {
        object? value = StorageJson.Attribute(string.Concat(Enumerable.Repeat('[', 500)) + string.Concat(Enumerable.Repeat(']', 500)));
        for (int depth = 1; depth < 500; depth++) value = value.Should().BeOfType<object?[]>().Which.Single();
        value.Should().BeOfType<object?[]>().Which.Should().BeEmpty();
    }

    [Fact]
    public void Choices_may_be_of_every_kind() =>
        StorageJson.Distribution("""{"name": "CategoricalDistribution", "attributes": {"choices": [null, true, 1, 1.0, "1", NaN, Infinity, [1]]}}""")
            .Should().BeOfType<CategoricalDistribution>().Which.Choices
            .Should().BeEquivalentTo(new object?[] { null, true, 1L, 1.0, "1", double.NaN, double.PositiveInfinity, new object?[] { 1L } });
}
