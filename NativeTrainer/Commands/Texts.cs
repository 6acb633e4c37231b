using System.Globalization;
using Hpo.Interop;

namespace Hpo.NativeTrainer.Commands;

/// <summary>Values, states and parameters for people.</summary>
internal static class Texts
{
    public static string Value(double value) => value.ToString("0.0000", CultureInfo.InvariantCulture);

    public static string State(TrialState state) => state.ToString().ToUpperInvariant();

    public static string Parameters(IReadOnlyDictionary<string, object?> parameters) =>
        string.Join(", ", parameters.Select(pair => FormattableString.Invariant($"{pair.Key} {pair.Value}")));

    /// <summary>"20 trials: 18 COMPLETE, 2 FAIL".</summary>
    public static string Counts(IReadOnlyDictionary<string, int> byState) => FormattableString.Invariant(
        $"{byState.Values.Sum()} trials: {string.Join(", ", byState.Where(pair => pair.Value > 0).Select(pair => FormattableString.Invariant($"{pair.Value} {pair.Key.ToUpperInvariant()}")))}");
}
