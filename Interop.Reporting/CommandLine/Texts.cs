using System.Globalization;
using Hpo.Interop.Reporting.Snapshots;

namespace Hpo.Interop.Reporting.CommandLine;

/// <summary>Values, states and parameters for people.</summary>
internal static class Texts
{
    private const double LeastFixed = 1e-3;
    private const double MostFixed = 1e9;

    /// <summary>"0.9132"; what that shows nothing of is "1.9132E-07".</summary>
    public static string Value(double value) => value.ToString(
        value == 0 || Math.Abs(value) is >= LeastFixed and < MostFixed ? "0.0000" : "G5", CultureInfo.InvariantCulture);

    /// <summary>"n_estimators 20, learning_rate 0.003178": four digits are enough to read, the study has all.</summary>
    public static string Parameters(IReadOnlyDictionary<string, object?> parameters) =>
        string.Join(", ", parameters.Select(pair => FormattableString.Invariant(
            $"{pair.Key} {(pair.Value is double number ? number.ToString("G4", CultureInfo.InvariantCulture) : ValueText.Of(pair.Value))}")));

    /// <summary>Why a study has no best trial.</summary>
    public static string NoBest(IReadOnlyDictionary<string, int> byState) =>
        byState["complete"] == 0 ? "no trial is complete" : "no complete trial keeps its constraints";

    /// <summary>"20 trials: 18 COMPLETE, 2 FAIL".</summary>
    public static string Counts(IReadOnlyDictionary<string, int> byState) => FormattableString.Invariant(
        $"{byState.Values.Sum()} trials: {string.Join(", ", byState.Where(pair => pair.Value > 0).Select(pair => FormattableString.Invariant($"{pair.Value} {pair.Key.ToUpperInvariant()}")))}");
}
