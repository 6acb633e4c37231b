using Hpo.Interop.Artifacts;
using Hpo.Interop.Pruners;
using Hpo.Interop.Samplers;
using Hpo.Interop.Storages;
using Hpo.Tests;

namespace Hpo.Interop.Tests.Tutorials;

/// <summary>The code of docs/tutorials/recipes.md.</summary>
public sealed class RecipeTutorials : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Rdb()
    {
        string url = $"sqlite:///{_folder.File("example.db")}";
        // snippet: rdb
        using (Study study = Study.Create(new StudyOptions { Name = "example-study", Storage = url, LoadIfExists = true }))
            study.Optimize(trial => Math.Pow(trial.SuggestFloat("x", -10, 10) - 2, 2), nTrials: 3);

        // Later, in another process: a study that takes the random numbers up again needs its sampler.
        using Study resumed = Study.Load("example-study", url, new TpeSampler { Seed = 1 });
        resumed.Optimize(trial => Math.Pow(trial.SuggestFloat("x", -10, 10) - 2, 2), nTrials: 3);
        foreach (FrozenTrial trial in resumed.Trials) Console.WriteLine($"{trial.Number} {trial.Value} {trial.Params["x"]}");
        // end
        resumed.Trials.Should().HaveCount(6);
    }

    [Fact]
    public void MultiObjective()
    {
        // snippet: multi-objective
        using Study study = Study.Create(new StudyOptions
        {
            Directions = [StudyDirection.Maximize, StudyDirection.Minimize],
        });
        study.Optimize(
            trial =>
            {
                int layers = trial.SuggestInt("layers", 1, 8);
                double dropout = trial.SuggestFloat("dropout", 0, 0.9);
                double accuracy = 1 - 1.0 / (layers + 1) - dropout * dropout;
                double cost = layers * (1 - dropout);
                return [accuracy, cost];
            },
            new OptimizeOptions { NTrials = 60 });

        // The trials that no other one beats in both.
        foreach (FrozenTrial best in study.BestTrials)
            Console.WriteLine($"accuracy {best.Values![0]:F3} at cost {best.Values[1]:F2}");
        // end
        study.BestTrials.Should().HaveCountGreaterThan(1);
    }

    [Fact]
    public void Attributes()
    {
        // snippet: attributes
        using Study study = Study.Create();
        study.SetUserAttr("contributors", new[] { "Akiba", "Sano" });
        study.SetUserAttr("dataset", new Dictionary<string, object?> { ["name"] = "MNIST", ["rows"] = 70000 });
        study.Optimize(
            trial =>
            {
                double accuracy = trial.SuggestFloat("x", 0, 1);
                trial.SetUserAttr("accuracy", accuracy);
                return 1 - accuracy;
            },
            nTrials: 3);

        object? accuracy = study.BestTrial.UserAttrs["accuracy"];
        var dataset = (IReadOnlyDictionary<string, object?>)study.UserAttrs["dataset"]!;
        // end
        accuracy.Should().Be(1 - study.BestValue);
        dataset["rows"].Should().Be(70000L);
    }

    [Fact]
    public void CommandLine()
    {
        string storage = $"sqlite:///{_folder.File("example.db")}";
        // snippet: command-line
        Study.Create(new StudyOptions { Name = "my-study", Storage = storage, Direction = StudyDirection.Minimize }).Dispose();
        foreach (StudySummary summary in Study.GetAllStudySummaries(storage))
            Console.WriteLine($"{summary.StudyName}: {summary.NTrials} trials");

        // Ask for one trial and tell its result.
        using Study study = Study.Load("my-study", storage);
        using (Trial trial = study.Ask([new("x", new FloatDistribution(-10, 10))]))
            study.Tell(trial, Math.Pow((double)trial.Params["x"]! - 2, 2));
        // end
        study.Trials.Should().ContainSingle().Which.State.Should().Be(TrialState.Complete);
    }

    [Fact]
    public void UserDefinedSampler()
    {
        // snippet: user-defined-sampler
        using Study study = Study.Create(new StudyOptions { Sampler = new CustomSampler(new SimulatedAnnealing(seed: 1)) });
        study.Optimize(
            trial =>
            {
                double x = trial.SuggestFloat("x", -10, 10), y = trial.SuggestFloat("y", -5, 5);
                return x * x + y;
            },
            nTrials: 100);
        // end
        study.BestValue.Should().BeLessThan(0);
        study.Trials.Should().HaveCount(100);
    }

    // snippet: simulated-annealing
    /// <summary>Moves from the last accepted point to a neighbour; a worse one is accepted more rarely as it cools.</summary>
    private sealed class SimulatedAnnealing(int seed) : ISampler
    {
        private readonly Random _random = new(seed);
        private readonly OptunaSampler _first = new RandomSampler { Seed = seed }.Create();
        private double _temperature = 100;
        private FrozenTrial? _current;

        public IReadOnlyDictionary<string, Distribution> InferRelativeSearchSpace(Study study, FrozenTrial trial) =>
            new IntersectionSearchSpace().Calculate(study);

        public IReadOnlyDictionary<string, object?> SampleRelative(
            Study study, FrozenTrial trial, IReadOnlyDictionary<string, Distribution> searchSpace)
        {
            if (searchSpace.Count == 0) return new Dictionary<string, object?>();
            FrozenTrial last = study.GetTrials(TrialState.Complete)[^1];
            double worse = last.Value!.Value - (_current?.Value ?? double.MaxValue);
            if (worse <= 0 || _random.NextDouble() < Math.Exp(-worse / _temperature)) _current = last;
            _temperature *= 0.9;

            return searchSpace.ToDictionary(pair => pair.Key, pair =>
            {
                var range = (FloatDistribution)pair.Value;
                double width = (range.High - range.Low) * 0.1, here = (double)_current!.Params[pair.Key]!;
                return (object?)Math.Clamp(here + width * (2 * _random.NextDouble() - 1), range.Low, range.High);
            });
        }

        // Parameters that are not in the search space yet: those of the first trial.
        public object? SampleIndependent(Study study, FrozenTrial trial, string name, Distribution distribution) =>
            _first.SampleIndependent(study, trial, name, distribution);
    }
    // end

    [Fact]
    public void UserDefinedPruner()
    {
        // snippet: user-defined-pruner
        using Study study = Study.Create(new StudyOptions
        {
            Sampler = new RandomSampler { Seed = 1 },
            Pruner = new CustomPruner(new LastPlace(warmupSteps: 2, warmupTrials: 5)),
        });
        study.Optimize(
            trial =>
            {
                double x = trial.SuggestFloat("x", 0, 1);
                for (int step = 0; step < 10; step++)
                {
                    trial.Report(x + 1.0 / (step + 1), step);
                    if (trial.ShouldPrune()) throw new TrialPrunedException();
                }
                return x;
            },
            nTrials: 50);
        // end
        study.GetTrials(TrialState.Pruned).Should().NotBeEmpty();
    }

    // snippet: last-place
    /// <summary>Prunes a trial that is the worst of all at its step.</summary>
    private sealed class LastPlace(int warmupSteps, int warmupTrials) : IPruner
    {
        public bool Prune(Study study, FrozenTrial trial)
        {
            if (trial.LastStep is not { } step || step < warmupSteps) return false;
            double here = trial.IntermediateValues[step];
            double[] others =
            [
                .. study.GetTrials(TrialState.Complete)
                    .Where(other => other.IntermediateValues.ContainsKey(step))
                    .Select(other => other.IntermediateValues[step]),
            ];
            return others.Length > warmupTrials && others.All(other => other < here);
        }
    }
    // end

    [Fact]
    public void Callback()
    {
        // snippet: callback
        int inRow = 0;
        void StopWhenTrialsKeepBeingPruned(Study study, FrozenTrial trial)
        {
            inRow = trial.State == TrialState.Pruned ? inRow + 1 : 0;
            if (inRow >= 3) study.Stop();
        }

        using Study study = Study.Create();
        study.Optimize(
            trial => trial.Number > 4 ? throw new TrialPrunedException() : trial.SuggestFloat("x", 0, 1),
            new OptimizeOptions { NTrials = 100, Callbacks = [StopWhenTrialsKeepBeingPruned, new MaxTrialsCallback(50)] });
        // end
        study.Trials.Should().HaveCount(8);
    }

    [Fact]
    public void SpecifiedParams()
    {
        // snippet: specify-params
        using Study study = Study.Create(new StudyOptions { Direction = StudyDirection.Maximize });
        // What a person would try first …
        study.EnqueueTrial([new("bagging_fraction", 1.0), new("bagging_freq", 0)]);
        study.EnqueueTrial([new("bagging_fraction", 0.75), new("bagging_freq", 5)]);
        // … and what is known already.
        study.AddTrial(FrozenTrial.Create(
            value: 0.94,
            parameters: new Dictionary<string, object?> { ["bagging_fraction"] = 0.5, ["bagging_freq"] = 3 },
            distributions: new Dictionary<string, Distribution>
            {
                ["bagging_fraction"] = new FloatDistribution(0.4, 1.0),
                ["bagging_freq"] = new IntDistribution(0, 7),
            }));
        study.Optimize(
            trial => trial.SuggestFloat("bagging_fraction", 0.4, 1.0) - 0.01 * trial.SuggestInt("bagging_freq", 0, 7),
            nTrials: 3);
        // end
        study.Trials.Should().HaveCount(4);
        study.Trials[1].Params.Should().Contain("bagging_freq", 5L);
    }

    [Fact]
    public void AskAndTell()
    {
        // snippet: ask-and-tell
        using Study study = Study.Create();
        for (int batch = 0; batch < 5; batch++)
        {
            Trial[] trials = [.. Enumerable.Range(0, 3).Select(_ => study.Ask())];
            double[] values = [.. trials.Select(trial => Math.Abs(trial.SuggestFloat("x", -10, 10)))];
            foreach ((Trial trial, double value) in trials.Zip(values))
            {
                study.Tell(trial, value);
                trial.Dispose();
            }
        }

        // A trial that failed, or that another process tells by its number.
        using (Trial broken = study.Ask()) study.Tell(broken, null, TrialState.Fail);
        using (Trial remote = study.Ask()) study.Tell(remote.Number, [0.5]);
        // end
        study.GetTrials(TrialState.Complete).Should().HaveCount(16);
    }

    [Fact]
    public void ReusedBestTrial()
    {
        // snippet: reuse-best-trial
        static (double Accuracy, double Precision) Evaluate(Trial trial)
        {
            double c = trial.SuggestFloat("C", 1e-10, 1e10, log: true);
            double accuracy = 1 / (1 + Math.Abs(Math.Log10(c)));
            return (accuracy, accuracy * 0.9);
        }

        using Study study = Study.Create(new StudyOptions { Direction = StudyDirection.Maximize });
        study.Optimize(trial => Evaluate(trial).Accuracy, nTrials: 10);

        // The best parameters once more, with what was not measured before.
        using var best = new FixedTrial(study.BestTrial);
        (double accuracy, double precision) = Evaluate(best);
        // end
        accuracy.Should().Be(study.BestValue);
        precision.Should().Be(accuracy * 0.9);
    }

    [Fact]
    public void Journal()
    {
        string file = _folder.File("journal.log");
        // snippet: journal-storage
        var storage = new JournalFileStorage(file);     // works on NFS, where SQLite does not
        using Study study = Study.Create(new StudyOptions { Storage = storage });
        study.Optimize(trial => trial.SuggestFloat("x", 0, 1), nTrials: 5);
        // end
        File.ReadAllLines(file).Should().HaveCountGreaterThan(5);
    }

    [Fact]
    public void ArtifactsOfTrials() => InstalledOptuna.From("4.0", () =>
    {
        string folder = _folder.Path;
        // snippet: artifacts
        var store = new FileSystemArtifactStore(folder);
        using Study study = Study.Create();
        study.Optimize(
            trial =>
            {
                double x = trial.SuggestFloat("x", 0, 1);
                string model = Path.Combine(folder, $"model-{trial.Number}.txt");
                File.WriteAllText(model, $"{x}");
                trial.SetUserAttr("artifact", store.Upload(trial, model));
                return x;
            },
            nTrials: 3);

        foreach (ArtifactMeta meta in ArtifactMeta.GetAll(study, study.BestTrial)) Console.WriteLine(meta.Filename);
        store.Download((string)study.BestTrial.UserAttrs["artifact"]!, Path.Combine(folder, "best.txt"));
        // end
        File.ReadAllText(Path.Combine(folder, "best.txt")).Should().Be($"{study.BestValue}");
    }, told: "3.3");

    [Fact]
    public void Wilcoxon() => InstalledOptuna.From("3.6", () =>
    {
        // snippet: wilcoxon-pruner
        double[] instances = [.. Enumerable.Range(0, 40).Select(number => 1 + Math.Sin(number))];
        using Study study = Study.Create(new StudyOptions
        {
            Sampler = new RandomSampler { Seed = 1 },
            Pruner = new WilcoxonPruner { PThreshold = 0.1, NStartupSteps = 4 },
        });
        study.Optimize(
            trial =>
            {
                double speed = trial.SuggestFloat("speed", 0.1, 2);
                var costs = new List<double>();
                // The mean over problem instances, each reported under its own step, in an order of its own.
                foreach (int instance in Enumerable.Range(0, instances.Length).OrderBy(number => (number * 7 + trial.Number) % 40))
                {
                    costs.Add(instances[instance] / speed);
                    trial.Report(costs[^1], instance);
                    if (trial.ShouldPrune()) return costs.Average(); // a fair estimate, of fewer instances
                }
                return costs.Average();
            },
            nTrials: 20);
        // end
        study.Trials.Should().Contain(trial => trial.IntermediateValues.Count < 40);
    });

    [Fact]
    public void Ablation()
    {
        // snippet: ablation
        using Study study = Study.Create(new StudyOptions
        {
            Sampler = new GridSampler(new Dictionary<string, IReadOnlyList<object?>>
            {
                ["augment"] = [true, false],
                ["normalize"] = [true, false],
                ["dropout"] = [true, false],
            }),
            Direction = StudyDirection.Maximize,
        });
        study.Optimize(
            trial =>
            {
                double score = 0.7;
                if (trial.SuggestCategorical("augment", true, false)) score += 0.1;
                if (trial.SuggestCategorical("normalize", true, false)) score += 0.05;
                if (trial.SuggestCategorical("dropout", true, false)) score -= 0.02;
                return score;
            },
            new OptimizeOptions());                     // ends by itself when the grid was tried

        foreach (string part in (string[])["augment", "normalize", "dropout"])
        {
            double gain = Mean(part, true) - Mean(part, false);
            Console.WriteLine($"{part}: {gain:+0.000;-0.000}");
        }
        double Mean(string part, bool isOn) =>
            study.Trials.Where(trial => isOn.Equals(trial.Params[part])).Average(trial => trial.Value!.Value);
        // end
        study.Trials.Should().HaveCount(8);
        (Mean("augment", true) - Mean("augment", false)).Should().BeApproximately(0.1, 1e-12);
    }
}
