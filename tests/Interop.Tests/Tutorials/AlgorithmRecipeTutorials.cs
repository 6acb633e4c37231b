using Hpo.Interop.Pruners;
using Hpo.Interop.Samplers;

namespace Hpo.Interop.Tests.Tutorials;

/// <summary>The code of docs/tutorials/recipes.md: samplers and pruners, also of one's own.</summary>
public sealed class AlgorithmRecipeTutorials
{
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
            Direction = StudyDirection.Maximize,
            Sampler = new BruteForceSampler(),
        });
        study.Optimize(
            trial =>
            {
                double score = 0.7;
                if (trial.SuggestCategorical("normalize", true, false)) score += 0.05;
                // Only what depends on a choice is tried with it.
                score += trial.SuggestCategorical("optimizer", "adam", "sgd") == "adam"
                    ? 0.1
                    : trial.SuggestFloat("momentum", 0, 0.8, step: 0.4) / 10;
                return score;
            },
            new OptimizeOptions());                     // ends by itself when everything was tried

        double Mean(string part, object value) => study.Trials
            .Where(trial => value.Equals(trial.Params[part])).Average(trial => trial.Value!.Value);
        Console.WriteLine($"normalize: {Mean("normalize", true) - Mean("normalize", false):+0.000;-0.000}");
        Console.WriteLine($"adam, not sgd: {Mean("optimizer", "adam") - Mean("optimizer", "sgd"):+0.000;-0.000}");
        // end
        const int Combinations = 2 * (1 + 3); // Adam, and three momenta
        study.Trials.Select(trial => string.Join(' ', trial.Params)).Should().HaveCount(Combinations).And.OnlyHaveUniqueItems();
        (Mean("normalize", true) - Mean("normalize", false)).Should().BeApproximately(0.05, 1e-12);
        (Mean("optimizer", "adam") - Mean("optimizer", "sgd")).Should().BeApproximately(0.06, 1e-12);
    }
}
