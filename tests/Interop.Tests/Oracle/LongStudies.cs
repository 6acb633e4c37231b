using Hpo.Interop.Samplers;
using Hpo.Interop.Storages;
using Hpo.Tests;

namespace Hpo.Interop.Tests.Oracle;

/// <summary>The studies of long_studies.py, driven from C#: workers, sampler, pruner, objectives and sizes by their names.</summary>
internal static class LongStudies
{
    private const long Seed = 11;

    private static readonly Dictionary<string, IReadOnlyList<object?>> Grid = new()
    {
        ["kind"] = ["linear", "tree", "forest"],
        ["x"] = [-9.0, -2.5, 0.0, 4.5],
        ["alpha"] = [0.001, 0.03, 1.0],
        ["leaf"] = [0.25, 1.0, 2.0],
        ["n"] = [1, 50, 99],
        ["depth"] = [2, 8],
    };

    // What Optuna's versions have different defaults for is given, so that each version runs each kind.
    public static readonly IReadOnlyDictionary<string, Func<long, Sampler>> Samplers = new Dictionary<string, Func<long, Sampler>>
    {
        ["tpe"] = seed => new TpeSampler { Seed = seed, Multivariate = false, ConstantLiar = false },
        ["tpe multivariate"] = seed => new TpeSampler { Seed = seed, Multivariate = true, ConstantLiar = false },
        ["tpe group"] = seed => new TpeSampler { Seed = seed, Multivariate = true, Group = true, ConstantLiar = false },
        ["tpe liar"] = seed => new TpeSampler { Seed = seed, Multivariate = false, ConstantLiar = true },
        ["tpe constraints"] = seed => new TpeSampler
        {
            Seed = seed,
            Multivariate = false,
            ConstantLiar = false,
            ConstraintsFunc = MatrixStudies.Constraints,
        },
        ["grid"] = seed => new GridSampler(Grid) { Seed = seed },
        ["brute force"] = seed => new BruteForceSampler { Seed = seed },
        ["nsgaii"] = seed => new NsgaIISampler { Seed = seed },
        ["nsgaii constraints"] = seed => new NsgaIISampler { Seed = seed, ConstraintsFunc = MatrixStudies.Constraints },
        ["random"] = seed => new RandomSampler { Seed = seed },
    };

    // Whose turn it is.
    private static readonly int[] Turns = [0, 0, 1, 0, 1, 1, 1, 0, 1, 1];

    private static readonly Dictionary<string, MatrixParameter[]> Spaces = MatrixStudies.ReadSpaces("long.json");

    // Many studies go on from the same trials.
    private static readonly Dictionary<(string, string, bool, int), IReadOnlyList<FrozenTrial>> Earlier = [];

    /// <summary>Runs one study.</summary>
    /// <returns>Its trials, and the Python error that it ended with.</returns>
    public static (IReadOnlyList<FrozenTrial> Trials, string? Error) Run(string name)
    {
        string[] parts = name.Split('/');
        string sampler = parts[1], pruner = parts[2];
        bool isSingle = parts[3] == "single";
        int[] sizes = [.. parts[4].Split('+').Select(int.Parse)];
        // Those that look at more than parameters and values find it in the trials.
        bool needsMore = sampler.StartsWith("nsgaii", StringComparison.Ordinal) || sampler.Contains("constraints");
        string earlier = needsMore ? "nsgaii constraints" : "random";
        string space = sampler == "brute force" ? "finite" : "mixed";

        using var folder = new TemporaryFolder();
        var memory = new InMemoryStorage();
        Study[] studies =
        [
            .. Enumerable.Range(0, parts[0] == "one" ? 1 : 2).Select(worker => Study.Create(new StudyOptions
            {
                Name = name,
                // Of a file each worker has a storage of its own.
                Storage = parts[0] == "two in sqlite" ? $"sqlite:///{folder.File("studies.db")}" : memory,
                LoadIfExists = true,
                Directions = Directions(isSingle),
                Sampler = Samplers[sampler](Seed + worker),
                Pruner = MatrixStudies.Pruners[pruner](),
            })),
        ];
        string? error = null;
        try
        {
            studies[0].AddTrials(EarlierTrials(earlier, space, isSingle, sizes[0]));
            TakeTurns(studies, Spaces[space], sizes[1]);
        }
        catch (PythonCallException exception)
        {
            error = exception.PythonType.Split('.')[^1];
        }
        IReadOnlyList<FrozenTrial> trials = studies[0].Trials;
        foreach (Study study in studies) study.Dispose();
        return (trials, error);
    }

    private static StudyDirection[] Directions(bool isSingle) =>
        isSingle ? [StudyDirection.Minimize] : [StudyDirection.Minimize, StudyDirection.Maximize];

    private static IReadOnlyList<FrozenTrial> EarlierTrials(string sampler, string space, bool isSingle, int count)
    {
        if (Earlier.TryGetValue((sampler, space, isSingle, count), out IReadOnlyList<FrozenTrial>? known)) return known;
        using Study study = Study.Create(new StudyOptions { Directions = Directions(isSingle), Sampler = Samplers[sampler](Seed) });
        for (int number = 0; number < count; number++)
        {
            Trial trial = study.Ask();
            foreach (object? _ in Steps(study, trial, Spaces[space], step => trial.Number % 9 == step))
            {
            }
        }
        return Earlier[(sampler, space, isSingle, count)] = study.Trials;
    }

    /// <summary>Runs a trial, with a stop wherever another one may go on.</summary>
    private static IEnumerable<object?> Steps(Study study, Trial trial, MatrixParameter[] space, Func<int, bool> isPruned)
    {
        using Trial _ = trial;
        double first = 0, second = 0;
        foreach ((double First, double Second) scores in MatrixParameter.Scores(trial, space))
        {
            (first, second) = scores;
            yield return null;
        }
        if (trial.Number % 17 == 5)
        {
            study.Tell(trial, null, TrialState.Fail);
            yield break;
        }
        if (study.Directions.Count > 1)
        {
            study.Tell(trial, [first, second]);
            yield break;
        }
        for (int step = 1; step < 5; step++)
        {
            trial.Report(first + (trial.Number % 3 - 1) * step, step);
            yield return null;
            if (isPruned(step))
            {
                study.Tell(trial, null, TrialState.Pruned);
                yield break;
            }
        }
        study.Tell(trial, first);
    }

    /// <summary>Each worker runs a trial at a time. Some trials are left alone before they report, as by a worker that was killed.</summary>
    private static void TakeTurns(Study[] studies, MatrixParameter[] space, int count)
    {
        var running = new IEnumerator<object?>?[studies.Length];
        int begun = 0;
        for (int turn = 0; begun < count || running.Any(trial => trial is not null); turn++)
        {
            int worker = Turns[turn % Turns.Length] % studies.Length;
            if (running[worker] is { } steps)
            {
                if (steps.MoveNext()) continue;
                steps.Dispose();
                running[worker] = null;
            }
            else if (begun < count)
            {
                Trial trial = studies[worker].Ask();
                begun++;
                IEnumerable<object?> all = Steps(studies[worker], trial, space, _ => trial.ShouldPrune());
                running[worker] = (trial.Number % 23 == 0 ? all.Take(3) : all).GetEnumerator();
            }
        }
    }
}
