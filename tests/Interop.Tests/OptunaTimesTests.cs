namespace Hpo.Interop.Tests;

public class OptunaTimesTests
{
    [Theory]
    [InlineData("3.1.0", false)]
    [InlineData("4.9.0", false)]
    [InlineData("5.0.0", true)]
    [InlineData("5.1.0.dev", true)]
    [InlineData("10.0", true)]
    [InlineData("unknown", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void From_version_5_on_times_are_in_UTC(string? version, bool areUtc)
    {
        OptunaTimes.AreUtc(version).Should().Be(areUtc);
    }

    [Fact]
    public void The_present_time_is_as_Optuna_stores_it()
    {
        var time = new EasternTime();

        OptunaTimes.Now(areUtc: true, time).Should().Be(new DateTime(2026, 3, 29, 0, 30, 0));
        OptunaTimes.Now(areUtc: false, time).Should().Be(new DateTime(2026, 3, 29, 9, 30, 0));
    }

    private sealed class EasternTime : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.CreateCustomTimeZone("east", TimeSpan.FromHours(9), "east", "east");

        public override DateTimeOffset GetUtcNow() => new(2026, 3, 29, 0, 30, 0, TimeSpan.Zero);
    }
}
