using Hpo.Interop.Bridge;

namespace Hpo.Interop.Glue;

/// <summary>One parameter of an Optuna class, as an options record describes it.</summary>
/// <param name="Name">Its name in Python.</param>
/// <param name="Default">The default that the record documents; null for None and for required ones.</param>
/// <param name="IsRequired">Whether it has no default.</param>
internal sealed record ComponentParameter(string Name, object? Default, bool IsRequired);

/// <summary>Collects what an options record hands to its Optuna class.</summary>
/// <param name="glue">The bridge; null to collect the parameters only.</param>
internal sealed class ComponentArguments(GlueLibrary? glue)
{
    private readonly OrderedDictionary<string, PythonValue> _values = [];
    private readonly List<ComponentParameter> _parameters = [];

    public OrderedDictionary<string, PythonValue> Values => _values;

    public IReadOnlyList<ComponentParameter> Parameters => _parameters;

    /// <summary>A required parameter.</summary>
    public void AddRequired(string name, object? value) => Add(name, null, true, true, () => Objects.ToPython(value));

    public void Add<T>(string name, T value, T defaultValue) =>
        Add(name, defaultValue, false, !EqualityComparer<T>.Default.Equals(value, defaultValue), () => Objects.ToPython(value));

    public void AddComponent(string name, OptunaComponent? component, bool isRequired = false) =>
        Add(name, null, isRequired, component is not null, () => Components.Build(glue!, component));

    /// <summary>A C# function as a Python one.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="callback">The function, or null.</param>
    /// <param name="adapter">The function of the glue that adapts its arguments and results, or null.</param>
    /// <param name="defaultValue">What stands for the default where it is not None: the name of Optuna's function.</param>
    public void AddFunction(string name, PythonCallback? callback, string? adapter = null, string? defaultValue = null) =>
        Add(name, defaultValue, false, callback is not null, () =>
        {
            PythonHandle function = glue!.Bridge.CreateCallback(callback!);
            return adapter is null ? function : glue.Components.Call(adapter, function);
        });

    /// <summary>C# functions by name, as a dict of Python ones.</summary>
    public void AddFunctions(string name, IReadOnlyDictionary<string, PythonCallback>? callbacks) =>
        Add(name, null, false, callbacks is not null, () =>
            Maps.Convert(callbacks!, callback => (PythonValue)glue!.Bridge.CreateCallback(callback)));

    /// <summary>A value that the glue turns into an object.</summary>
    /// <param name="name">The parameter's name.</param>
    /// <param name="value">Gives what the glue takes, or null where the default stands.</param>
    /// <param name="adapter">The function of the glue.</param>
    public void AddAdapted(string name, Func<PythonValue>? value, string adapter) =>
        Add(name, null, false, value is not null, () => glue!.Components.Call(adapter, value!()));

    /// <summary>A strategy of a genetic sampler.</summary>
    public void AddStrategy(string name, Func<GlueLibrary, PythonCallback>? callback) =>
        Add(name, null, false, callback is not null, () =>
            glue!.Custom.Call(name, glue.Bridge.CreateCallback(callback!(glue))));

    public void AddConstraints(Func<FrozenTrial, IReadOnlyList<double>>? constraints) =>
        AddTrialFunction("constraints_func", constraints, Numbers);

    /// <summary>What is shown or judged of a trial, instead of its value.</summary>
    public void AddTarget(Func<FrozenTrial, double>? target) => AddTrialFunction("target", target, number => number);

    /// <summary>What is shown of a trial, one number for each axis.</summary>
    public void AddTargets(Func<FrozenTrial, IReadOnlyList<double>>? targets) => AddTrialFunction("targets", targets, Numbers);

    public void AddTrials(string name, IReadOnlyList<FrozenTrial>? trials) =>
        Add(name, null, false, trials is not null, () =>
            PythonValue.List(trials!, trial => glue!.Trials.Call("thaw", FrozenTrials.ToPython(trial))));

    private void AddTrialFunction<T>(string name, Func<FrozenTrial, T>? function, Func<T, PythonValue> result) => AddFunction(
        name,
        function is null ? null : values => result(function(FrozenTrials.FromPython(values[0]))),
        "trial_function");

    private static PythonValue Numbers(IReadOnlyList<double> numbers) => PythonValue.List(numbers, number => number);

    private void Add(string name, object? defaultValue, bool isRequired, bool isSet, Func<PythonValue> value)
    {
        _parameters.Add(new ComponentParameter(name, defaultValue, isRequired));
        if ((isSet || isRequired) && glue is not null) _values.Add(name, value());
    }
}
