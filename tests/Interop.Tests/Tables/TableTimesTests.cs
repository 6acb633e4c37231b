using System.Globalization;
using Hpo.Interop.Tables;

namespace Hpo.Interop.Tests.Tables;

public sealed class TableTimesTests
{
    private static readonly TimeZoneInfo NewYork = TimeZoneInfo.FindSystemTimeZoneById("America/New_York");

    [Theory]
    [InlineData("3.1.0", false)]
    [InlineData("4.9.0", false)]
    [InlineData("5.0.0rc1", true)]
    [InlineData("5.0.0.dev", true)]
    [InlineData("10.0.0", true)]
    [InlineData("?", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void They_are_in_UTC_from_Optuna_5_on(string? version, bool areUtc) => TableTimes.Of(version).AreUtc.Should().Be(areUtc);

    [Theory]
    [InlineData("2026-03-08T06:59:59", "2026-03-08T01:59:59")] // summer time begins in the next second
    [InlineData("2026-03-08T07:00:00", "2026-03-08T03:00:00")]
    [InlineData("2026-11-01T05:30:00", "2026-11-01T01:30:00")]
    [InlineData("2026-11-01T06:30:00", "2026-11-01T01:30:00")] // summer time has ended
    public void Those_in_UTC_become_local_over_a_change_of_summer_time(string stored, string local)
    {
        DateTime time = At(stored);

        new TableTimes(AreUtc: true).ToLocal(time, NewYork).Should().Be(At(local)).And.BeIn(DateTimeKind.Unspecified);
        new TableTimes(AreUtc: false).ToLocal(time, NewYork).Should().Be(time);
    }

    [Fact]
    public void The_present_moment_is_local_or_in_UTC()
    {
        var time = new NoonInSummer();

        new TableTimes(AreUtc: true).Now(time).Should().Be(At("2026-07-01T12:00:00"));
        new TableTimes(AreUtc: false).Now(time).Should().Be(At("2026-07-01T08:00:00"));
    }

    private static DateTime At(string text) => DateTime.Parse(text, CultureInfo.InvariantCulture);

    private sealed class NoonInSummer : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => NewYork;

        public override DateTimeOffset GetUtcNow() => new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);
    }
}
