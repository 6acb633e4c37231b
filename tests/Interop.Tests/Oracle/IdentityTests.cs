using System.Diagnostics;
using System.Text.Json;
using Hpo.Interop.Pruners;
using Hpo.Interop.Samplers;

namespace Hpo.Interop.Tests.Oracle;

/// <summary>With the same seed, a study driven from C# equals the same study in pure Python, trial by trial.</summary>
public sealed class IdentityTests
{
    private const int Trials = 50;

    private static readonly Dictionary<string, Func<Sampler>> Samplers = new()
    {
        ["random"] = () => new RandomSampler { Seed = 7 },
        ["tpe"] = () => new TpeSampler { Seed = 7 },
        ["tpe-multivariate"] = () => new TpeSampler
        {
            Seed = 7,
            Multivariate = true,
            Group = true,
            NStartupTrials = 5,
            ConstantLiar = true,
        },
        ["grid"] = () => new GridSampler(new Dictionary<string, IReadOnlyList<object?>>
        {
            ["x"] = [-4.0, 0.5, 3.0],
            ["lr"] = [0.001, 0.01],
            ["s"] = [0.25, 0.75],
            ["n"] = [2, 32],
            ["k"] = [5, 15],
            ["c"] = ["red", "blue"],
        })
        { Seed = 7 },
        ["cmaes"] = () => new CmaEsSampler { Seed = 7 },
        ["qmc"] = () => new QmcSampler { Seed = 7, Scramble = true },
        ["nsgaii"] = () => new NsgaIISampler { Seed = 7, PopulationSize = 8 },
        ["partial-fixed"] = () => new PartialFixedSampler(
            new Dictionary<string, object?> { ["x"] = 1.5 }, new RandomSampler { Seed = 7 }),
    };

    private static readonly Dictionary<string, Func<Pruner>> Pruners = new()
    {
        ["median"] = () => new MedianPruner(),
        ["percentile"] = () => new PercentilePruner(40.0) { NWarmupSteps = 1 },
        ["successive-halving"] = () => new SuccessiveHalvingPruner(),
        ["hyperband"] = () => new HyperbandPruner { MaxResource = 5 },
        ["threshold"] = () => new ThresholdPruner { Upper = 60.0 },
        ["patient"] = () => new PatientPruner(new MedianPruner(), 1),
        ["nop"] = () => new NopPruner(),
    };

    // Python holds True and 1 equal: Optuna never tries the second of them, and later versions never end for it.
    private static readonly Dictionary<string, object[]> BruteForceChoices = new()
    {
        ["equal"] = [true, 1, 1.5, "1"],
        ["distinct"] = [true, 0, 1.5, "1"],
    };

    private static readonly Lazy<Dictionary<string, JsonElement>> Expected = new(RunPython);

    public static TheoryData<string> Cases =>
    [
        .. Samplers.Keys.Select(sampler => $"single:{sampler}/median"),
        .. Pruners.Keys.Where(pruner => pruner != "median").Select(pruner => $"single:tpe/{pruner}"),
        "single:random/percentile",
        "multi:nsgaii",
        "multi:tpe",
        "multi:random",
        .. BruteForceChoices.Keys.Select(choices => $"brute-force:{choices}"),
    ];

    [Theory, MemberData(nameof(Cases))]
    public void A_study_driven_from_csharp_equals_the_one_in_pure_python(string name)
    {
        using Study study = Run(name);

        IReadOnlyList<FrozenTrial> actual = study.Trials;
        JsonElement[] expected = [.. Expected.Value[name].EnumerateArray()];
        actual.Should().HaveSameCount(expected).And.HaveCountGreaterThan(10);
        foreach ((FrozenTrial trial, JsonElement python) in actual.Zip(expected))
            TrialFacts.Of(trial).Should().Be(TrialFacts.Of(python));
    }

    [Theory, InlineData("single:tpe/median"), InlineData("single:random/percentile"), InlineData("single:tpe/patient")]
    public void The_oracle_has_trials_that_were_pruned(string name) =>
        Expected.Value[name].EnumerateArray().Select(trial => trial.GetProperty("state").GetString())
            .Should().Contain("PRUNED").And.Contain("COMPLETE");

    [Fact]
    public void A_brute_force_study_ends_when_every_combination_was_tried()
    {
        using Study study = Run("brute-force:distinct");
        const int Combinations = 3 * 3 + 3 * 3; // three choices with f alone, and "1" with b and f
        study.Trials.Select(trial => string.Join(' ', trial.Params.Values)).Should()
            .HaveCount(Combinations).And.OnlyHaveUniqueItems();
    }

    private static Study Run(string name)
    {
        string[] parts = name.Split(':', '/');
        Study study;
        switch (parts[0])
        {
            case "multi":
                study = Study.Create(new StudyOptions
                {
                    Directions = [StudyDirection.Minimize, StudyDirection.Maximize],
                    Sampler = Samplers[parts[1]](),
                });
                study.Optimize(
                    trial =>
                    {
                        double value = ValueOf(trial);
                        return [value, (long)trial.Params["k"]! - (double)trial.Params["x"]!];
                    },
                    new OptimizeOptions { NTrials = Trials });
                return study;
            case "brute-force":
                study = Study.Create(new StudyOptions { Sampler = new BruteForceSampler { Seed = 7 } });
                study.Optimize(trial => BruteForce(trial, BruteForceChoices[parts[1]]), Trials);
                return study;
            default:
                study = Study.Create(new StudyOptions
                {
                    Name = name,
                    Sampler = Samplers[parts[1]](),
                    Pruner = Pruners[parts[2]](),
                });
                study.Optimize(Single, Trials);
                return study;
        }
    }

    private static double ValueOf(Trial trial)
    {
        double x = trial.SuggestFloat("x", -10, 10);
        double lr = trial.SuggestFloat("lr", 1e-5, 1e-1, log: true);
        double s = trial.SuggestFloat("s", 0, 1, step: 0.25);
        int n = trial.SuggestInt("n", 1, 100, log: true);
        int k = trial.SuggestInt("k", 0, 20, step: 5);
        string c = trial.SuggestCategorical("c", "red", "green", "blue");
        double value = (x - 2) * (x - 2) + lr * 100 + s + n * 0.125 + k * 0.5;
        return c == "green" ? value + trial.SuggestFloat("only green", 0, 1) : value;
    }

    private static double Single(Trial trial)
    {
        double value = ValueOf(trial);
        for (int step = 0; step < 5; step++)
        {
            trial.Report(value + (trial.Number % 3 - 1) * step * 4, step);
            if (trial.ShouldPrune()) throw new TrialPrunedException();
        }
        return value;
    }

    private static double BruteForce(Trial trial, object[] choices)
    {
        object a = trial.SuggestCategorical("a", choices);
        int b = a is "1" ? trial.SuggestInt("b", 0, 2) : 0;
        return b + trial.SuggestFloat("f", 0, 1, step: 0.5);
    }

    private static Dictionary<string, JsonElement> RunPython()
    {
        var start = new ProcessStartInfo(OptunaRuntime.Current.Python.Executable) { RedirectStandardOutput = true };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Oracle", "pure_optuna.py"));
        start.ArgumentList.Add($"{Trials}");
        foreach (string name in Cases.Select(row => row.Data)) start.ArgumentList.Add(name);
        using Process python = Process.Start(start)!;
        string json = python.StandardOutput.ReadToEnd();
        python.WaitForExit();
        python.ExitCode.Should().Be(0);
        return JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(json)!;
    }
}
