using Hpo.NativeTrainer.Data;

namespace Hpo.NativeTrainer.Tests.Data;

public sealed class SeededRandomTests
{
    [Theory]
    [InlineData(0UL, 11091344671253066420, 13793997310169335082, 1900383378846508768, 7684712102626143532)]
    [InlineData(42UL, 1546998764402558742, 6990951692964543102, 12544586762248559009, 17057574109182124193)]
    [InlineData(ulong.MaxValue, 10328197420357168392, 14156678507024973869, 9357971779955476126, 13791585006304312367)]
    public void A_seed_gives_the_numbers_of_the_published_generator(
        ulong seed, ulong first, ulong second, ulong third, ulong fourth)
    {
        var random = new SeededRandom(seed);

        ulong[] numbers = [random.NextUInt64(), random.NextUInt64(), random.NextUInt64(), random.NextUInt64()];

        numbers.Should().Equal(first, second, third, fourth);
    }

    [Fact]
    public void Integers_below_a_bound_are_uniform()
    {
        const int Bound = 7;
        const int Draws = 70_000;
        var random = new SeededRandom(1);
        var counts = new int[Bound];

        for (int i = 0; i < Draws; i++)
            counts[random.Next(Bound)]++;

        double chiSquare = counts.Sum(count => Math.Pow(count - Draws / Bound, 2) / (Draws / Bound));
        chiSquare.Should().BeLessThan(22.5, "that is the 99.9 % point with six degrees of freedom");
    }

    [Fact]
    public void A_bound_that_is_not_positive_is_refused() =>
        FluentActions.Invoking(() => new SeededRandom(0).Next(0)).Should().Throw<ArgumentOutOfRangeException>();

    [Fact]
    public void Doubles_fill_the_unit_interval()
    {
        var random = new SeededRandom(5);

        double[] numbers = [.. Enumerable.Range(0, 10_000).Select(_ => random.NextDouble())];

        numbers.Should().OnlyContain(number => number >= 0 && number < 1);
        numbers.Average().Should().BeApproximately(0.5, 0.02);
    }

    [Fact]
    public void Every_order_of_a_shuffle_is_as_likely()
    {
        const int Shuffles = 60_000;
        var random = new SeededRandom(3);
        var counts = new Dictionary<string, int>();

        for (int i = 0; i < Shuffles; i++)
        {
            char[] items = ['a', 'b', 'c'];
            random.Shuffle(items.AsSpan());
            string order = new(items);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }

        counts.Should().HaveCount(6);
        counts.Values.Should().OnlyContain(count => Math.Abs(count - Shuffles / 6) < 400);
    }

    [Fact]
    public void Streams_of_one_seed_differ_from_each_other_and_from_those_of_the_next_seed()
    {
        ulong[] seeds =
        [
            .. from seed in Enumerable.Range(0, 50)
               from stream in Enumerable.Range(0, 50)
               select SeededRandom.Derive((ulong)seed, (ulong)stream),
        ];

        seeds.Should().OnlyHaveUniqueItems();
    }
}
