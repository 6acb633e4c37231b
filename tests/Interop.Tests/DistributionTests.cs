namespace Hpo.Interop.Tests;

/// <summary>Distributions as text, as stored numbers, and compared.</summary>
public sealed class DistributionTests
{
    private static readonly Distribution[] All =
    [
        new FloatDistribution(-1.5, 2), new FloatDistribution(1e-5, 1, Log: true), new FloatDistribution(0, 1, Step: 0.25),
        new IntDistribution(-3, 5), new IntDistribution(1, 1024, Log: true), new IntDistribution(0, 1L << 40, Step: 1L << 20),
        new CategoricalDistribution(["a", 1L, 2.5, true, null]),
    ];

    public static TheoryData<int> Indices => [.. Enumerable.Range(0, All.Length)];

    [Theory, MemberData(nameof(Indices))]
    public void A_distribution_survives_as_text(int index) =>
        Distribution.FromJson(All[index].ToJson()).Should().Be(All[index]);

    [Fact]
    public void The_text_is_Optunas_own() => new IntDistribution(1, 8, Step: 2).ToJson().Should()
        .Be("""{"name": "IntDistribution", "attributes": {"log": false, "step": 2, "low": 1, "high": 7}}""");

    [Theory, InlineData("no json"), InlineData("""{"name": "Unheard", "attributes": {}}""")]
    public void Other_text_is_an_error(string text) =>
        FluentActions.Invoking(() => Distribution.FromJson(text)).Should().Throw<PythonCallException>();

    [Fact]
    public void A_parameter_keeps_its_kind_and_its_choices()
    {
        Distribution.CheckCompatibility(new FloatDistribution(0, 1), new FloatDistribution(5, 9));
        foreach ((Distribution before, Distribution after) in ((Distribution, Distribution)[])
                 [
                     (new FloatDistribution(0, 1), new IntDistribution(0, 1)),
                     (new FloatDistribution(1, 2), new FloatDistribution(1, 2, Log: true)),
                     (new CategoricalDistribution(["a"]), new CategoricalDistribution(["b"])),
                 ])
        {
            FluentActions.Invoking(() => Distribution.CheckCompatibility(before, after))
                .Should().Throw<PythonCallException>().Which.PythonType.Should().Be("ValueError");
        }
    }

    [Fact]
    public void A_range_of_one_value_is_known() =>
        All.Append(new IntDistribution(2, 2)).Select(distribution => distribution.IsSingle()).Should()
            .Equal(false, false, false, false, false, false, false, true);

    [Fact]
    public void Values_have_a_number_in_the_storage()
    {
        var choices = new CategoricalDistribution(["a", true, 7L]);
        choices.ToInternalRepr(7).Should().Be(2);
        choices.ToInternalRepr(true).Should().Be(1);
        choices.ToExternalRepr(0).Should().Be("a");
        new IntDistribution(0, 9).ToInternalRepr(7).Should().Be(7);
        new IntDistribution(0, 9).ToExternalRepr(7).Should().Be(7L);
        new FloatDistribution(0, 9).ToExternalRepr(0.5).Should().Be(0.5);
        FluentActions.Invoking(() => choices.ToInternalRepr("z")).Should().Throw<PythonCallException>();
    }

    [Fact]
    public void A_distribution_shows_its_range() =>
        All[0].ToString().Should().Be("FloatDistribution { Low = -1.5, High = 2, Log = False, Step =  }");
}
