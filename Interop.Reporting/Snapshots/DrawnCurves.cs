namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>
/// Which trials' intermediate values a page draws, the same ones as curves.js: of many curves, evenly spread ones, the
/// latest, those that run, and the best one. The page asks for any other trial's when it is looked at.
/// </summary>
internal static class DrawnCurves
{
    private const int MostSpread = 100, Latest = 20, All = 1000;

    /// <summary>Whether a trial's curve is drawn.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="count">How many trials the study has.</param>
    /// <param name="best">The best trials.</param>
    public static bool Has(FrozenTrial trial, int count, IReadOnlyList<FrozenTrial> best) =>
        trial.Number % Stride(count) == 0 || trial.Number >= count - Latest || trial.State == TrialState.Running
        || best.Any(other => other.Number == trial.Number);

    // A power of two: as the study grows, curves leave the choice and none comes back.
    private static int Stride(int count)
    {
        int stride = 1;
        if (count <= All) return stride;
        while (count > stride * MostSpread) stride *= 2;
        return stride;
    }
}
