using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace Hpo.Interop.Tests;

/// <summary>What the library writes reads the same in every country.</summary>
public sealed class CultureTests
{
    // These programs run without ICU's data: a culture like the German one, and with the Swedish minus.
    private static readonly CultureInfo Foreign = NewForeign();

    [Fact]
    public void No_text_of_a_public_record_follows_the_culture()
    {
        Type[] records = [.. typeof(Study).Assembly.GetExportedTypes().Where(type =>
            !type.IsAbstract && type.IsClass && type.GetMethod("<Clone>$", BindingFlags.Public | BindingFlags.Instance) is not null)];
        records.Should().HaveCountGreaterThan(50);
        records.Select(Sample)
            .Where(instance => In(Foreign, instance.ToString) != In(CultureInfo.InvariantCulture, instance.ToString))
            .Select(instance => instance.GetType().Name).Should().BeEmpty();
    }

    [Fact]
    public void A_distribution_tells_its_range()
    {
        In(Foreign, new FloatDistribution(-0.5, 1.5, Step: 0.25).ToString).Should()
            .Be("FloatDistribution { Low = -0.5, High = 1.5, Log = False, Step = 0.25 }");
        In(Foreign, new IntDistribution(-2, 8).ToString).Should().Be("IntDistribution { Low = -2, High = 8, Log = False, Step = 1 }");
        In(Foreign, new CategoricalDistribution([null, true, -1L, 0.5, "a"]).ToString).Should()
            .Be("CategoricalDistribution { Choices = [null, True, -1, 0.5, \"a\"] }");
    }

    [Fact]
    public void A_trial_of_several_values_has_a_text() =>
        In(Foreign, new FrozenTrial
        {
            Number = 3,
            Values = [0.5, -1],
            Params = new Dictionary<string, object?> { ["x"] = 1.5, ["kind"] = null },
        }.ToString).Should().Be("FrozenTrial { Number = 3, State = Complete, Values = [0.5, -1], Params = { x = 1.5, kind = null } }");

    [Fact]
    public void A_table_of_trials_reads_the_same()
    {
        var table = TrialsTable.From([new FrozenTrial { Value = -0.5, DatetimeStart = DateTime.UnixEpoch, DatetimeComplete = DateTime.UnixEpoch.AddSeconds(1.5) }], 1);
        string Csv()
        {
            using var writer = new StringWriter();
            table.WriteCsv(writer);
            return writer.ToString();
        }

        In(Foreign, Csv).Should().Be(In(CultureInfo.InvariantCulture, Csv)).And.Contain("-0.5");
    }

    // An object with all its numbers set: what is not public to make is made without its constructor.
    private static object Sample(Type type)
    {
        object instance = RuntimeHelpers.GetUninitializedObject(type);
        for (Type? declaring = type; declaring is not null; declaring = declaring.BaseType)
        {
            foreach (FieldInfo field in declaring.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            {
                if (SampleValue(Nullable.GetUnderlyingType(field.FieldType) ?? field.FieldType) is { } value) field.SetValue(instance, value);
            }
        }
        return instance;
    }

    private static object? SampleValue(Type type) => type switch
    {
        _ when type == typeof(double) => -1234.5,
        _ when type == typeof(int) => -12345,
        _ when type == typeof(long) => -12345L,
        _ when type == typeof(string) => "text",
        _ when type == typeof(TimeSpan) => TimeSpan.FromSeconds(-1.5),
        _ when type == typeof(DateTime) => new DateTime(2026, 2, 1, 13, 4, 5, DateTimeKind.Unspecified),
        _ when type == typeof(IReadOnlyList<object?>) => new object?[] { -0.5 },
        _ when type == typeof(IReadOnlyList<TrialState>) => Array.Empty<TrialState>(),
        _ when type == typeof(IReadOnlyList<double>) => new[] { -0.5, 1.5 },
        _ when type == typeof(IReadOnlyDictionary<string, object?>) => new Dictionary<string, object?> { ["x"] = -0.5 },
        _ when type == typeof(IReadOnlyDictionary<long, double>) => new Dictionary<long, double> { [1] = -0.5 },
        _ => null,
    };

    private static string? In(CultureInfo culture, Func<string?> text)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = culture;
        try
        {
            return text();
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    private static CultureInfo NewForeign()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        culture.NumberFormat.NegativeSign = "\u2212";
        culture.DateTimeFormat.DateSeparator = ".";
        culture.DateTimeFormat.ShortDatePattern = "dd.MM.yyyy";
        culture.DateTimeFormat.TimeSeparator = ".";
        return culture;
    }
}
