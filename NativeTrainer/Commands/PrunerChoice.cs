using Hpo.Interop.Pruners;

namespace Hpo.NativeTrainer.Commands;

/// <summary>The pruners by their names on the command line.</summary>
internal static class PrunerChoice
{
    public const string None = "none";
    public const string Median = "median";

    /// <summary>The part of trials, in percent, that the percentile pruner keeps.</summary>
    private const double KeptPercent = 25;

    private static readonly Dictionary<string, Func<Pruner>> Makers = new()
    {
        [None] = () => new NopPruner(),
        [Median] = () => new MedianPruner(),
        ["percentile"] = () => new PercentilePruner(KeptPercent),
        ["halving"] = () => new SuccessiveHalvingPruner(),
        ["hyperband"] = () => new HyperbandPruner(),
    };

    public static IReadOnlyCollection<string> Names => Makers.Keys;

    /// <param name="name">One of <see cref="Names"/>.</param>
    public static Pruner Create(string name) => Makers[name]();
}
