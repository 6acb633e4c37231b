using System.Globalization;

namespace Hpo.Interop;

/// <summary>What the times of trials mean: Optuna stores them in local time, and from 5.0 on in UTC.</summary>
public static class OptunaTimes
{
    private const int FirstVersionInUtc = 5;

    /// <summary>Whether a version of Optuna stores times in UTC.</summary>
    /// <param name="optunaVersion">The version; null or what is none for a version before 5.0.</param>
    public static bool AreUtc(string? optunaVersion) =>
        int.TryParse(optunaVersion?.Split('.')[0], NumberStyles.None, CultureInfo.InvariantCulture, out int major)
        && major >= FirstVersionInUtc;

    /// <summary>The present time as Optuna stores it.</summary>
    /// <param name="areUtc">Whether times are stored in UTC.</param>
    /// <param name="time">The clock.</param>
    public static DateTime Now(bool areUtc, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(time);
        return (areUtc ? time.GetUtcNow() : time.GetLocalNow()).DateTime;
    }
}
