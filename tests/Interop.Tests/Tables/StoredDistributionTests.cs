
using Hpo.Interop.Tables;

namespace Hpo.Interop.Tests.Tables;

/// <summary>JSON as Python writes it.</summary>
public sealed class StoredDistributionTests
{
    [Fact]
    public void Nesting_may_be_as_deep_as_Pythons()
    {
        object? value = PythonJson.Parse(string.Concat(Enumerable.Repeat('[', 500)) + string.Concat(Enumerable.Repeat(']', 500)));
        for (int depth = 1; depth < 500; depth++) value = value.Should().BeOfType<object?[]>().Which.Single();
        value.Should().BeOfType<object?[]>().Which.Should().BeEmpty();
    }

    [Fact]
    public void Choices_may_be_of_every_kind() =>
        StoredDistribution.Parse("""{"name": "CategoricalDistribution", "attributes": {"choices": [null, true, 1, 1.0, "1", NaN, Infinity, [1]]}}""")
            .Should().BeOfType<CategoricalDistribution>().Which.Choices
            .Should().BeEquivalentTo(new object?[] { null, true, 1L, 1.0, "1", double.NaN, double.PositiveInfinity, new object?[] { 1L } });
}
