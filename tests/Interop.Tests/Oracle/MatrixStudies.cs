using System.Text.Json;
using Hpo.Interop.Pruners;
using Hpo.Interop.Samplers;

namespace Hpo.Interop.Tests.Oracle;

/// <summary>The studies of matrix.py, driven from C#: space, sampler, pruner and number of objectives by their names.</summary>
internal static class MatrixStudies
{
    private const long Seed = 11;

    public static readonly IReadOnlyDictionary<string, MatrixParameter[]> Spaces = ReadSpaces("matrix.json");

    public static readonly IReadOnlyDictionary<string, Func<MatrixParameter[], Sampler>> Samplers =
        new Dictionary<string, Func<MatrixParameter[], Sampler>>
        {
            ["random"] = _ => new RandomSampler { Seed = Seed },
            ["tpe"] = _ => new TpeSampler { Seed = Seed },
            ["tpe multivariate"] = _ => new TpeSampler
            {
                Seed = Seed,
                Multivariate = true,
                Group = true,
                NStartupTrials = 5,
                ConstantLiar = true,
            },
            ["tpe functions"] = _ => new TpeSampler
            {
                Seed = Seed,
                Gamma = count => count / 5 + 1,
                Weights = count => [.. Enumerable.Range(1, count).Select(number => (double)number)],
                ConstraintsFunc = Constraints,
                NEiCandidates = 8,
            },
            ["grid"] = space => new GridSampler(Grid(space)) { Seed = Seed },
            ["cmaes"] = _ => new CmaEsSampler { Seed = Seed },
            ["cmaes restart"] = _ => new CmaEsSampler
            {
                Seed = Seed,
                RestartStrategy = "ipop",
                Popsize = 4,
                ConsiderPrunedTrials = true,
                IndependentSampler = new TpeSampler { Seed = Seed },
            },
            ["cmaes warm"] = space => new CmaEsSampler
            {
                Seed = Seed,
                NStartupTrials = 0,
                SourceTrials = EarlierTrials(space),
            },
            ["qmc"] = _ => new QmcSampler { Seed = Seed, Scramble = true },
            ["qmc halton"] = _ => new QmcSampler { Seed = Seed, QmcType = "halton", Scramble = true },
            ["nsgaii"] = _ => new NsgaIISampler { Seed = Seed, PopulationSize = 8 },
            ["nsgaii constraints"] = _ => new NsgaIISampler
            {
                Seed = Seed,
                PopulationSize = 8,
                MutationProb = 0.25,
                ConstraintsFunc = Constraints,
            },
            ["nsgaii blx"] = _ => Nsga(new BlxAlphaCrossover()),
            ["nsgaii sbx"] = _ => Nsga(new SbxCrossover { Eta = 3 }),
            ["nsgaii vsbx"] = _ => Nsga(new VsbxCrossover()),
            ["nsgaii spx"] = _ => Nsga(new SpxCrossover()),
            ["nsgaii undx"] = _ => Nsga(new UndxCrossover { SigmaXi = 0.25 }),
            ["nsgaiii"] = _ => new NsgaIIISampler { Seed = Seed, PopulationSize = 8, DividingParameter = 4 },
            ["gp"] = _ => new GpSampler { Seed = Seed, NStartupTrials = 5, DeterministicObjective = true },
            ["brute force"] = _ => new BruteForceSampler { Seed = Seed },
            ["partial fixed"] = space => new PartialFixedSampler(
                Grid(space).Take(1).ToDictionary(pair => pair.Key, pair => pair.Value[^1]), new TpeSampler { Seed = Seed }),
        };

    public static readonly IReadOnlyDictionary<string, Func<Pruner>> Pruners = new Dictionary<string, Func<Pruner>>
    {
        ["median"] = () => new MedianPruner { NStartupTrials = 3 },
        ["percentile"] = () => new PercentilePruner(40.0) { NWarmupSteps = 1 },
        ["successive halving"] = () => new SuccessiveHalvingPruner(),
        ["hyperband"] = () => new HyperbandPruner { MaxResource = 4 },
        ["threshold"] = () => new ThresholdPruner { Upper = 20.0 },
        ["patient"] = () => new PatientPruner(new MedianPruner(), 1),
        ["nop"] = () => new NopPruner(),
        ["wilcoxon"] = () => new WilcoxonPruner { PThreshold = 0.3 },
    };

    public static Dictionary<string, MatrixParameter[]> ReadSpaces(string file) =>
        JsonSerializer.Deserialize<Dictionary<string, MatrixParameter[]>>(
            File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Oracle", file)), JsonSerializerOptions.Web)!;

    /// <summary>Runs one study.</summary>
    /// <returns>Its trials, or the Python error that it ended with.</returns>
    public static (IReadOnlyList<FrozenTrial> Trials, string? Error) Run(string name, int trials)
    {
        string[] parts = name.Split('/');
        MatrixParameter[] space = Spaces[parts[3]];
        bool isSingle = parts[2] == "single";
        try
        {
            using Study study = Study.Create(new StudyOptions
            {
                Name = name,
                Directions = isSingle ? [StudyDirection.Minimize] : [StudyDirection.Minimize, StudyDirection.Maximize],
                Sampler = Samplers[parts[0]](space),
                Pruner = Pruners[parts[1]](),
            });
            var options = new OptimizeOptions { NTrials = trials };
            if (isSingle) study.Optimize(trial => Single(trial, space), options);
            else study.Optimize(trial => Multiple(trial, space), options);
            return (study.Trials, null);
        }
        catch (PythonCallException exception)
        {
            return ([], exception.PythonType.Split('.')[^1]);
        }
    }

    private static double Single(Trial trial, MatrixParameter[] space)
    {
        (double value, _) = Scores(trial, space);
        for (int step = 1; step < 5; step++)
        {
            trial.Report(value + (trial.Number % 3 - 1) * step, step);
            if (trial.ShouldPrune()) throw new TrialPrunedException();
        }
        return value;
    }

    private static IReadOnlyList<double> Multiple(Trial trial, MatrixParameter[] space)
    {
        (double first, double second) = Scores(trial, space);
        return [first, second];
    }

    private static (double First, double Second) Scores(Trial trial, MatrixParameter[] space) =>
        MatrixParameter.Scores(trial, space).LastOrDefault();

    private static NsgaIISampler Nsga(Crossover crossover) =>
        new() { Seed = Seed, PopulationSize = 8, Crossover = crossover };

    public static IReadOnlyList<double> Constraints(FrozenTrial trial) => [trial.Number % 3 - 1];

    private static Dictionary<string, IReadOnlyList<object?>> Grid(IEnumerable<MatrixParameter> space) =>
        space.ToDictionary(parameter => parameter.Name, parameter => parameter.Ends);

    private static IReadOnlyList<FrozenTrial> EarlierTrials(MatrixParameter[] space)
    {
        MatrixParameter[] always = [.. space.Where(parameter => parameter.Only is null)];
        return [.. Enumerable.Range(0, 32).Select(number => FrozenTrial.Create(
            value: number,
            parameters: always.Select((item, place) => (item.Name, Value: item.Spread((place + 3) * number % 32)))
                .ToDictionary(pair => pair.Name, pair => pair.Value),
            distributions: always.ToDictionary(item => item.Name, item => item.Distribution)))];
    }
}
