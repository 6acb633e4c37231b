using System.Collections;
using System.Globalization;

namespace Hpo.Interop;

/// <summary>
/// The constraints of a trial, which Optuna keeps among its system attributes: a list under one key where the sampler's
/// function gave them, since 5.0 a number under a key for each that the trial set itself.
/// </summary>
public static class TrialConstraints
{
    /// <summary>The key of the list, and before a colon and the constraint's name that of a single one.</summary>
    public const string Key = "constraints";

    private const string Prefix = $"{Key}:";

    /// <summary>How far each constraint is violated, by its name; those of a list are named by their index.</summary>
    /// <param name="systemAttrs">A trial's system attributes, or those of them that begin with <see cref="Key"/>.</param>
    /// <returns>Values above 0 where a constraint is violated; NaN for what is no number.</returns>
    public static IReadOnlyDictionary<string, double> Of(IEnumerable<KeyValuePair<string, object?>> systemAttrs)
    {
        ArgumentNullException.ThrowIfNull(systemAttrs);
        var constraints = new OrderedDictionary<string, double>();
        foreach ((string key, object? value) in systemAttrs)
        {
            if (key == Key && value is IEnumerable list and not string)
            {
                int index = 0;
                foreach (object? item in list) constraints.TryAdd((index++).ToString(CultureInfo.InvariantCulture), Number(item));
            }
            else if (key.StartsWith(Prefix, StringComparison.Ordinal))
            {
                constraints[key[Prefix.Length..]] = Number(value);
            }
        }
        return constraints;
    }

    /// <summary>Whether all constraints are kept: none is above 0, or NaN. A trial without constraints keeps them.</summary>
    /// <param name="systemAttrs">A trial's system attributes, or those of them that begin with <see cref="Key"/>.</param>
    public static bool AreKept(IEnumerable<KeyValuePair<string, object?>> systemAttrs) =>
        Of(systemAttrs).Values.All(violation => violation <= 0);

    // JSON has whole numbers too, and Python's True is 1.
    private static double Number(object? value) => value is bool or int or long or double
        ? Convert.ToDouble(value, CultureInfo.InvariantCulture)
        : double.NaN;
}
