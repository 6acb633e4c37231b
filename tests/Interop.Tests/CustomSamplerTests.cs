using System.Collections.Concurrent;
using Hpo.Interop.Pruners;
using Hpo.Interop.Samplers;

namespace Hpo.Interop.Tests;

/// <summary>Samplers that are written in C#, alone and around Optuna's.</summary>
public sealed class CustomSamplerTests
{
    [Fact]
    public void A_sampler_in_csharp_chooses_every_kind_of_parameter()
    {
        var sampler = new LowestValue();
        using Study study = Study.Create(new StudyOptions { Sampler = new CustomSampler(sampler) });
        study.Optimize(
            trial => trial.SuggestFloat("f", 0.5, 1) + trial.SuggestFloat("s", 0, 1, step: 0.5) + trial.SuggestInt("n", 3, 9)
                + (trial.SuggestCategorical("c", "first", "second") == "first" ? 100 : 0),
            2);
        study.Trials.Should().OnlyContain(trial => trial.Value == 103.5);
        sampler.Calls.Should().Equal(
            "before 0", "f", "s", "n", "c", "after 0 Complete 103.5", "before 1", "f", "s", "n", "c", "after 1 Complete 103.5");
    }

    [Fact]
    public void Parameters_chosen_together_are_handed_to_the_trial()
    {
        using Study study = Study.Create(new StudyOptions { Sampler = new CustomSampler(new Diagonal()) });
        study.Optimize(trial => trial.SuggestInt("x", 0, 9) - trial.SuggestInt("y", 0, 9), 10);
        study.Trials.Select(trial => (long)trial.Params["x"]!).Should().Equal(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        study.Trials.Should().OnlyContain(trial => trial.Value == 0);
    }

    public static TheoryData<string> Wrapped => ["random", "tpe", "tpe-multivariate", "cmaes", "nsgaii", "qmc", "grid"];

    [Theory, MemberData(nameof(Wrapped))]
    public void A_wrapper_that_passes_everything_on_leaves_the_study_as_it_is(string name)
    {
        Sampler sampler = name switch
        {
            "random" => new RandomSampler { Seed = 3 },
            "tpe" => new TpeSampler { Seed = 3 },
            "tpe-multivariate" => new TpeSampler { Seed = 3, Multivariate = true, Group = true, NStartupTrials = 5 },
            "cmaes" => new CmaEsSampler { Seed = 3 },
            "nsgaii" => new NsgaIISampler { Seed = 3, PopulationSize = 6 },
            "qmc" => new QmcSampler { Seed = 3, Scramble = true },
            _ => new GridSampler(new Dictionary<string, IReadOnlyList<object?>>
            {
                ["x"] = [0.0, 0.5, 1.0],
                ["n"] = [1, 2],
                ["c"] = ["a", "b"],
            })
            { Seed = 3 },
        };
        using OptunaSampler inner = sampler.Create();
        IReadOnlyList<FrozenTrial> plain = Run(sampler), wrapped = Run(new CustomSampler(new PassesOn(inner)));
        wrapped.Select(Facts).Should().Equal(plain.Select(Facts));
        plain.Should().HaveCountGreaterThanOrEqualTo(12).And.Contain(trial => trial.State == TrialState.Pruned);

        static string Facts(FrozenTrial trial) =>
            $"{trial.Number} {trial.State} {trial.Value} {string.Join(' ', trial.Params.OrderBy(pair => pair.Key))}";
    }

    [Fact]
    public void A_sampler_in_csharp_is_a_part_of_Optunas_own()
    {
        var sampler = new LowestValue();
        using Study study = Study.Create(new StudyOptions
        {
            Sampler = new PartialFixedSampler(
                new Dictionary<string, object?> { ["fixed"] = 7 }, new CustomSampler(sampler)),
        });
        study.Optimize(trial => trial.SuggestInt("fixed", 0, 9) + trial.SuggestInt("free", 2, 9), 1);
        study.BestValue.Should().Be(9);
    }

    [Theory]
    [InlineData(5.0, "x")]
    [InlineData("high", "x")]
    [InlineData(null, "x")]
    public void A_value_out_of_range_is_an_error_that_names_the_parameter(object? value, string name)
    {
        using Study study = Study.Create(new StudyOptions { Sampler = new CustomSampler(new Constant(value)) });
        FluentActions.Invoking(() => study.Optimize(trial => trial.SuggestFloat(name, 0, 1), 1))
            .Should().Throw<PythonCallException>().WithMessage($"*parameter '{name}'*not in FloatDistribution*");
        study.Trials.Should().ContainSingle().Which.State.Should().Be(TrialState.Fail);
    }

    [Fact]
    public void An_exception_of_a_sampler_arrives_as_the_same_object()
    {
        var error = new InvalidOperationException("no idea");
        using Study study = Study.Create(new StudyOptions { Sampler = new CustomSampler(new Throwing(error)) });
        FluentActions.Invoking(() => study.Optimize(trial => trial.SuggestFloat("x", 0, 1), 1))
            .Should().Throw<InvalidOperationException>().Which.Should().BeSameAs(error);
        study.Trials.Should().ContainSingle().Which.State.Should().Be(TrialState.Fail);
    }

    [Fact]
    public void A_sampler_in_csharp_serves_several_jobs()
    {
        var sampler = new LowestValue();
        using Study study = Study.Create(new StudyOptions { Sampler = new CustomSampler(sampler) });
        study.Optimize(trial => trial.SuggestInt("n", 3, 9), new OptimizeOptions { NTrials = 40, NJobs = 4 });
        study.Trials.Should().HaveCount(40).And.OnlyContain(trial => trial.Value == 3);
        sampler.Calls.Should().HaveCountGreaterThanOrEqualTo(3 * 40);
    }

    [Fact]
    public void The_strategies_of_a_genetic_sampler_are_csharp_functions() => InstalledOptuna.From("3.5", () =>
    {
        var ended = new List<int>();
        using Study study = Study.Create(new StudyOptions
        {
            Sampler = new NsgaIISampler
            {
                Seed = 1,
                PopulationSize = 4,
                ElitePopulationSelectionStrategy = (_, population) => [.. population.OrderBy(trial => trial.Value).Take(2)],
                ChildGenerationStrategy = (_, space, parents) => space.Keys.ToDictionary(
                    key => key, key => parents.MinBy(trial => trial.Value)!.Params[key]),
                AfterTrialStrategy = (_, trial, state, values) => ended.Add(trial.Number),
            },
        });
        study.Optimize(trial => trial.SuggestFloat("x", 0, 1), 12);
        ended.Should().Equal(Enumerable.Range(0, 12));
        double best = study.Trials.Take(4).Min(trial => trial.Value!.Value);
        study.Trials.Skip(4).Should().OnlyContain(trial => trial.Value == best);
    }, told: "3.3");

    private static IReadOnlyList<FrozenTrial> Run(Sampler sampler)
    {
        // Hyperband hands samplers a study of its own.
        using Study study = Study.Create(new StudyOptions
        {
            Name = "wrapped or not",
            Sampler = sampler,
            Pruner = new HyperbandPruner { MaxResource = 4 },
        });
        study.Optimize(
            trial =>
            {
                double value = trial.SuggestFloat("x", 0, 1) + trial.SuggestInt("n", 1, 2)
                    + (trial.SuggestCategorical("c", "a", "b") == "a" ? 0.5 : 0);
                for (int step = 0; step < 4; step++)
                {
                    trial.Report(value + step, step);
                    if (trial.ShouldPrune()) throw new TrialPrunedException();
                }
                return value;
            },
            24);
        return study.Trials;
    }

    private sealed class LowestValue : ISampler
    {
        public ConcurrentQueue<string> Calls { get; } = new();

        public object? SampleIndependent(Study study, FrozenTrial trial, string name, Distribution distribution)
        {
            Calls.Enqueue(name);
            return distribution switch
            {
                FloatDistribution range => range.Low,
                IntDistribution range => range.Low,
                CategoricalDistribution list => list.Choices[0],
                _ => null,
            };
        }

        public void BeforeTrial(Study study, FrozenTrial trial) => Calls.Enqueue($"before {trial.Number}");

        public void AfterTrial(Study study, FrozenTrial trial, TrialState state, IReadOnlyList<double>? values) =>
            Calls.Enqueue($"after {trial.Number} {state} {values?[0]}");
    }

    private sealed class Diagonal : ISampler
    {
        public IReadOnlyDictionary<string, Distribution> InferRelativeSearchSpace(Study study, FrozenTrial trial) =>
            new Dictionary<string, Distribution> { ["x"] = new IntDistribution(0, 9), ["y"] = new IntDistribution(0, 9) };

        public IReadOnlyDictionary<string, object?> SampleRelative(
            Study study, FrozenTrial trial, IReadOnlyDictionary<string, Distribution> searchSpace) =>
            searchSpace.Keys.ToDictionary(name => name, _ => (object?)study.GetTrials(TrialState.Complete).Count);

        public object? SampleIndependent(Study study, FrozenTrial trial, string name, Distribution distribution) =>
            throw new NotSupportedException();
    }

    private sealed class PassesOn(ISampler inner) : ISampler
    {
        public object? SampleIndependent(Study study, FrozenTrial trial, string name, Distribution distribution) =>
            inner.SampleIndependent(study, trial, name, distribution);

        public IReadOnlyDictionary<string, Distribution> InferRelativeSearchSpace(Study study, FrozenTrial trial) =>
            inner.InferRelativeSearchSpace(study, trial);

        public IReadOnlyDictionary<string, object?> SampleRelative(
            Study study, FrozenTrial trial, IReadOnlyDictionary<string, Distribution> searchSpace) =>
            inner.SampleRelative(study, trial, searchSpace);

        public void BeforeTrial(Study study, FrozenTrial trial) => inner.BeforeTrial(study, trial);

        public void AfterTrial(Study study, FrozenTrial trial, TrialState state, IReadOnlyList<double>? values) =>
            inner.AfterTrial(study, trial, state, values);

        public void ReseedRng() => inner.ReseedRng();
    }

    private sealed class Constant(object? value) : ISampler
    {
        public object? SampleIndependent(Study study, FrozenTrial trial, string name, Distribution distribution) => value;
    }

    private sealed class Throwing(Exception error) : ISampler
    {
        public object? SampleIndependent(Study study, FrozenTrial trial, string name, Distribution distribution) => throw error;
    }
}
