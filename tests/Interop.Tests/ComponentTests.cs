using System.Globalization;
using Hpo.Interop.Engine;
using Hpo.Interop.Glue;
using Hpo.Interop.Pruners;
using Hpo.Interop.Samplers;

namespace Hpo.Interop.Tests;

/// <summary>The option records against the classes of the installed Optuna.</summary>
public sealed class ComponentTests
{
    private const string Inspection =
        """
        import inspect, importlib

        def parameters(module, name):
            factory = getattr(importlib.import_module("optuna." + module), name)
            empty = inspect.Parameter.empty
            return [[p.name, p.default is empty,
                     p.default.__name__ if callable(p.default) and p.default is not empty
                     else None if p.default is empty or p.default is None else repr(p.default)]
                    for p in inspect.signature(factory).parameters.values() if p.kind != p.VAR_KEYWORD]
        """;

    private static readonly IPythonEngine Engine = OptunaRuntime.Current.Glue.Engine;
    private static readonly PythonHandle Inspect = Engine.LoadModule("component_inspection", Inspection);

    private static readonly OptunaComponent[] All =
    [
        new RandomSampler(), new TpeSampler(), new GridSampler(new Dictionary<string, IReadOnlyList<object?>>()),
        new CmaEsSampler(), new QmcSampler(), new NsgaIISampler(), new BruteForceSampler(),
        new PartialFixedSampler(new Dictionary<string, object?>(), new RandomSampler()),
        new UniformCrossover(), new BlxAlphaCrossover(), new SbxCrossover(), new VsbxCrossover(), new SpxCrossover(),
        new UndxCrossover(),
        new NopPruner(), new MedianPruner(), new PercentilePruner(25), new SuccessiveHalvingPruner(),
        new HyperbandPruner(), new ThresholdPruner(), new PatientPruner(new NopPruner(), 1),
    ];

    public static TheoryData<string> Names => [.. All.Select(component => component.ClassName)];

    [Theory, MemberData(nameof(Names))]
    public void A_record_names_every_parameter_of_its_class_with_its_default(string name)
    {
        OptunaComponent component = All.Single(item => item.ClassName == name);
        // The records follow Optuna 3.1; what later versions added belongs to their own issue.
        bool exact = OptunaRuntime.Current.Python.OptunaVersion.StartsWith("3.1.", StringComparison.Ordinal);
        Dictionary<string, (bool Required, string? Default)> python = PythonParameters(component);

        IReadOnlyList<ComponentParameter> described = Components.Parameters(component);
        if (exact) described.Select(parameter => parameter.Name).Should().BeEquivalentTo(python.Keys);
        foreach (ComponentParameter parameter in described)
        {
            if (!python.TryGetValue(parameter.Name, out (bool Required, string? Default) actual)) continue;
            parameter.IsRequired.Should().Be(actual.Required, parameter.Name);
            if (LeftToOptuna(component, parameter)) continue;
            Text(parameter.Default).Should().Be(actual.Default, parameter.Name);
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
    public void A_parameter_that_the_installed_Optuna_lacks_is_a_clear_error() =>
        FluentActions.Invoking(() => OptunaRuntime.Current.Glue.Components.Call(
                "build", "samplers", "RandomSampler", new OrderedDictionary<string, PythonValue> { ["colour"] = 1 }))
            .Should().Throw<OptunaFeatureException>().WithMessage("*RandomSampler*colour*");

    // Null stands for a default that differs between versions of Optuna.
    private static bool LeftToOptuna(OptunaComponent component, ComponentParameter parameter) =>
        component is TpeSampler && parameter.Name is "multivariate" or "constant_liar";

    private static Dictionary<string, (bool Required, string? Default)> PythonParameters(OptunaComponent component)
    {
        using PythonHandle function = Engine.GetAttribute(Inspect, "parameters");
        return Engine.Call(function, component.Module, component.ClassName).AsList()
            .Select(row => row.AsList())
            .ToDictionary(row => row[0].AsString(), row => (row[1].AsBool(), row[2].AsOptionalString()));
    }

    private static string? Text(object? value) => value switch
    {
        null => null,
        bool flag => flag ? "True" : "False",
        double number when number == Math.Floor(number) => number.ToString("0.0", CultureInfo.InvariantCulture),
        string text when text.StartsWith("default_", StringComparison.Ordinal) => text,
        string text => $"'{text}'",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };
}
