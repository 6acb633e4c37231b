using System.Globalization;
using Hpo.Interop.Artifacts;
using Hpo.Interop.Bridge;
using Hpo.Interop.Glue;
using Hpo.Interop.Pruners;
using Hpo.Interop.Samplers;
using Hpo.Interop.Terminators;

namespace Hpo.Interop.Tests;

/// <summary>The option records against the classes of the installed Optuna.</summary>
public sealed class ComponentTests
{
    private const string Inspection =
        """
        import inspect, importlib
        from hpo_glue.features import FeatureMissingError, find, since

        def parameters(module, name):
            try:
                factory = find(module, name)
            except FeatureMissingError:
                return []
            empty = inspect.Parameter.empty
            return [[p.name, p.default is empty,
                     p.default.__name__ if callable(p.default) and p.default is not empty
                     else None if p.default is empty or p.default is None else repr(p.default)]
                    for p in inspect.signature(factory).parameters.values() if p.kind not in (p.VAR_POSITIONAL, p.VAR_KEYWORD)]
        """;

    private static readonly PythonBridge Bridge = OptunaRuntime.Current.Glue.Bridge;
    private static readonly PythonHandle Inspect = Bridge.LoadModule("component_inspection", Inspection);

    private static readonly OptunaComponent[] All =
    [
        new RandomSampler(), new TpeSampler(), new GridSampler(new Dictionary<string, IReadOnlyList<object?>>()),
        new CmaEsSampler(), new QmcSampler(), new NsgaIISampler(), new NsgaIIISampler(), new GpSampler(),
        new BruteForceSampler(), new PartialFixedSampler(new Dictionary<string, object?>(), new RandomSampler()),
        new UniformCrossover(), new BlxAlphaCrossover(), new SbxCrossover(), new VsbxCrossover(), new SpxCrossover(),
        new UndxCrossover(), new PolynomialMutation(),
        new NopPruner(), new MedianPruner(), new PercentilePruner(25), new SuccessiveHalvingPruner(),
        new HyperbandPruner(), new ThresholdPruner(), new PatientPruner(new NopPruner(), 1), new WilcoxonPruner(),
        new MaxTrialsCallback(1), new TerminatorCallback(), new Terminator(), new RegretBoundEvaluator(),
        new BestValueStagnationEvaluator(), new EmmrEvaluator(), new CrossValidationErrorEvaluator(),
        new StaticErrorEvaluator(0), new MedianErrorEvaluator(new BestValueStagnationEvaluator()),
        new FileSystemArtifactStore("."), new Backoff(new FileSystemArtifactStore(".")),
    ];

    public static TheoryData<string> Names => [.. All.Select(component => component.ClassName)];

    [Theory, MemberData(nameof(Names))]
    public void A_record_names_every_parameter_of_its_class_with_its_default(string name)
    {
        OptunaComponent component = All.Single(item => item.ClassName == name);
        IReadOnlyList<ComponentParameter> described = Components.Parameters(component);
        Dictionary<string, (bool Required, string? Default)> python = PythonParameters(component);
        if (python.Count == 0 && Since($"{component.Module}.{name}") is { } version)
        {
            InstalledOptuna.From(version, () => component.Build(OptunaRuntime.Current.Glue));
            return;
        }

        python.Keys.Should().BeSubsetOf(described.Select(parameter => parameter.Name));
        foreach (ComponentParameter parameter in described)
        {
            if (!python.TryGetValue(parameter.Name, out (bool Required, string? Default) actual))
            {
                Since($"{component.Module}.{name}({parameter.Name})").Should().NotBeNull(parameter.Name);
                continue;
            }
            parameter.IsRequired.Should().Be(actual.Required, parameter.Name);
            if (IsLeftToOptuna(component, parameter) || (actual.Default is null && IsDeprecated(component, parameter))) continue;
            Text(parameter.Default).Should().Be(WithoutFraction(actual.Default), parameter.Name);
        }
    }

    [Fact]
    public void Every_option_reaches_the_python_object()
    {
        using Study study = Study.Create(new StudyOptions
        {
            Sampler = new NsgaIISampler
            {
                PopulationSize = 4,
                Crossover = new UndxCrossover { SigmaXi = 0.25 },
                Seed = 1,
                ConstraintsFunc = trial => [(double)trial.Params["x"]! - 0.5],
            },
            Pruner = new PatientPruner(new PercentilePruner(30), 2) { MinDelta = 0.1 },
        });
        study.Optimize(trial => trial.SuggestFloat("x", 0, 1), 12);
        study.Trials.Should().OnlyContain(trial => trial.SystemAttrs.ContainsKey("constraints"));
    }

    [Fact]
    public void Tpe_takes_csharp_functions()
    {
        var counts = new HashSet<int>();
        using Study study = Study.Create(new StudyOptions
        {
            Sampler = new TpeSampler
            {
                Seed = 1,
                NStartupTrials = 3,
                Gamma = count =>
                {
                    counts.Add(count);
                    return Math.Max(1, count / 4);
                },
                Weights = count => Enumerable.Repeat(1.0, count).ToArray(),
            },
        });
        study.Optimize(trial => trial.SuggestFloat("x", 0, 1), 8);
        counts.Should().BeEquivalentTo([3, 4, 5, 6, 7]);
    }

    [Fact]
    public void Sampling_is_native_unless_it_is_turned_off()
    {
        ClassOf(new TpeSampler()).Should().Be("hpo_glue.sampling.tpe.TPESampler");
        ClassOf(new MedianPruner()).Should().Be("hpo_glue.sampling.percentile.MedianPruner");
        ClassOf(new TpeSampler { NativeSampling = false }).Should().Be("optuna.samplers._tpe.sampler.TPESampler");
        ClassOf(new MedianPruner { NativeSampling = false }).Should().Be("optuna.pruners._median.MedianPruner");
        ClassOf(new RandomSampler()).Should().Be("optuna.samplers._random.RandomSampler");

        static string ClassOf(OptunaComponent component)
        {
            GlueLibrary glue = OptunaRuntime.Current.Glue;
            PythonValue made = component.Build(glue);
            return glue.Components.Call("classify", made, $"{component.Module}.{component.ClassName}").AsList()[0].AsString();
        }
    }

    [Fact]
    public void A_parameter_that_the_installed_Optuna_lacks_is_a_clear_error() =>
        FluentActions.Invoking(() => OptunaRuntime.Current.Glue.Components.Call(
                "build", "samplers", "RandomSampler", new OrderedDictionary<string, PythonValue> { ["colour"] = 1 }))
            .Should().Throw<OptunaFeatureException>().WithMessage("*RandomSampler*colour*");

    // Defaults that differ between versions of Optuna, and one that has no text of its own.
    private static bool IsLeftToOptuna(OptunaComponent component, ComponentParameter parameter) =>
        (component, parameter.Name) is (TpeSampler, "multivariate" or "constant_liar" or "warn_independent_sampling")
            or (CmaEsSampler, "inc_popsize")
            or (WilcoxonPruner, "n_startup_steps")
            or (MaxTrialsCallback, "states");

    // Optuna has None for these in order to warn a caller who gives one, and then uses their former default.
    private static bool IsDeprecated(OptunaComponent component, ComponentParameter parameter) => (component, parameter.Name) switch
    {
        (TpeSampler, "consider_prior") => InstalledOptuna.IsAtLeast("4.3"),
        (TpeSampler, "prior_weight" or "consider_magic_clip" or "consider_endpoints" or "gamma" or "weights") =>
            InstalledOptuna.IsAtLeast("4.9"),
        _ => false,
    };

    private static string? Since(string feature)
    {
        using PythonHandle function = Bridge.GetAttribute(Inspect, "since");
        return Bridge.Call(function, feature).AsOptionalString();
    }

    private static Dictionary<string, (bool Required, string? Default)> PythonParameters(OptunaComponent component)
    {
        using PythonHandle function = Bridge.GetAttribute(Inspect, "parameters");
        return Bridge.Call(function, component.Module, component.ClassName).AsList()
            .Select(row => row.AsList())
            .ToDictionary(row => row[0].AsString(), row => (row[1].AsBool(), row[2].AsOptionalString()));
    }

    // Python's 2.0 and 2 are one default.
    private static string? WithoutFraction(string? number) =>
        number is not null && number.EndsWith(".0", StringComparison.Ordinal) ? number[..^2] : number;

    private static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "True" : "False",
        string text when text.StartsWith("default_", StringComparison.Ordinal) => text,
        string text => $"'{text}'",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
