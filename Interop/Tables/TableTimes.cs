using System.Globalization;

namespace Hpo.Interop.Tables;

/// <summary>
/// The times in Optuna's tables, which name no time zone: local ones before Optuna 5.0, UTC from then on. What Optuna hands
/// out is local with every version.
/// </summary>
/// <param name="AreUtc">Whether they are in UTC.</param>
internal readonly record struct TableTimes(bool AreUtc)
{
    private const int FirstVersionInUtc = 5;

    /// <summary>The times that a version of Optuna writes.</summary>
    /// <param name="optunaVersion">The version; null where it is not known, which is taken for an old one.</param>
    public static TableTimes Of(string? optunaVersion) => new(
        int.TryParse(optunaVersion?.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
        && major >= FirstVersionInUtc);

    /// <summary>The times of the version of Optuna that made the tables.</summary>
    public static TableTimes Read(TableSession session) => Of(session.Scalar("SELECT library_version FROM version_info") as string);

    /// <summary>The present moment, as the tables hold it.</summary>
    public DateTime Now(TimeProvider time) => AreUtc ? time.GetUtcNow().DateTime : time.GetLocalNow().DateTime;

    /// <summary>A time of the tables in local time.</summary>
    /// <param name="stored">What the tables hold.</param>
    /// <param name="zone">The local zone.</param>
    public DateTime ToLocal(DateTime stored, TimeZoneInfo zone) => AreUtc
        ? DateTime.SpecifyKind(
            TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(stored, DateTimeKind.Utc), zone), DateTimeKind.Unspecified)
        : stored;
}
