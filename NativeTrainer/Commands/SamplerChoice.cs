using Hpo.Interop.Samplers;

namespace Hpo.NativeTrainer.Commands;

/// <summary>The samplers by their names on the command line.</summary>
internal static class SamplerChoice
{
    public const string Default = "tpe";
    public const string Grid = "grid";

    private static readonly Dictionary<string, Func<long?, IReadOnlyDictionary<string, IReadOnlyList<object?>>, Sampler>> Makers = new()
    {
        [Default] = (seed, _) => new TpeSampler { Seed = seed },
        ["random"] = (seed, _) => new RandomSampler { Seed = seed },
        [Grid] = (seed, grid) => new GridSampler(grid) { Seed = seed },
        ["cmaes"] = (seed, _) => new CmaEsSampler { Seed = seed },
        ["qmc"] = (seed, _) => new QmcSampler { Seed = seed },
        ["nsgaii"] = (seed, _) => new NsgaIISampler { Seed = seed },
        ["bruteforce"] = (seed, _) => new BruteForceSampler { Seed = seed },
    };

    public static IReadOnlyCollection<string> Names => Makers.Keys;

    /// <param name="name">One of <see cref="Names"/>.</param>
    /// <param name="seed">The seed, or null.</param>
    /// <param name="grid">The values that a grid sampler tries.</param>
    public static Sampler Create(string name, long? seed, IReadOnlyDictionary<string, IReadOnlyList<object?>> grid) =>
        Makers[name](seed, grid);
}
