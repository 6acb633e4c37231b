using System.Reflection;
using System.Runtime.ExceptionServices;
using Hpo.Interop.Bridge;

namespace Hpo.Interop.HostedByPython;

/// <summary>A class of objectives: its name, its docs and its settings.</summary>
internal sealed class ObjectiveType
{
    private readonly ConstructorInfo _constructor;
    private readonly ConstructorInfo? _options;

    private ObjectiveType(string name, string? description, ConstructorInfo constructor)
    {
        Name = name;
        Description = description;
        _constructor = constructor;
        _options = OptionsOf(constructor);
        Settings = Array.ConvertAll(
            (_options ?? constructor).GetParameters(), parameter => new Setting(parameter, $"{constructor.DeclaringType}"));
    }

    public string Name { get; }

    public string? Description { get; }

    public IReadOnlyList<Setting> Settings { get; }

    public string TypeName => _constructor.DeclaringType!.FullName!;

    /// <summary>The objective that a type is, or null where it is none.</summary>
    /// <exception cref="ObjectiveAssemblyException">It carries the attribute, and cannot be used as an objective.</exception>
    public static ObjectiveType? From(Type type)
    {
        if (type.GetCustomAttribute<ObjectiveAttribute>() is not { } attribute) return null;
        if (!typeof(IObjective).IsAssignableFrom(type) || type.IsAbstract || type.ContainsGenericParameters)
        {
            throw new ObjectiveAssemblyException(
                $"{type} carries [Objective] and is no class that implements {nameof(IObjective)} and can be created.");
        }
        ConstructorInfo[] constructors = type.GetConstructors();
        if (constructors.Length != 1)
        {
            throw new ObjectiveAssemblyException(
                $"{type} has {constructors.Length} public constructors. An objective has one; its parameters are the settings.");
        }
        return new ObjectiveType(attribute.Name ?? type.FullName!, attribute.Description, constructors[0]);
    }

    /// <param name="values">Values of settings by name; those left out have their defaults.</param>
    /// <exception cref="ObjectiveSettingsException">They do not fit; the message holds every fault.</exception>
    public IObjective Create(IReadOnlyDictionary<string, PythonValue> values)
    {
        var faults = new List<string>();
        foreach (string name in values.Keys.Where(name => !Settings.Any(setting => setting.Name == name)))
            faults.Add($"there is no setting '{name}'");
        object?[] arguments = [.. Settings.Select(setting => setting.Bind(values, faults))];
        if (faults.Count > 0)
        {
            string settings = Settings.Count == 0 ? "It has none" : $"Settings: {string.Join(", ", Settings)}";
            throw new ObjectiveSettingsException(
                $"The objective '{Name}' cannot be made: {string.Join("; ", faults)}. {settings}.");
        }
        try
        {
            return (IObjective)_constructor.Invoke(_options is null ? arguments : [_options.Invoke(arguments)]);
        }
        catch (TargetInvocationException exception) when (exception.InnerException is ArgumentException refusal)
        {
            throw new ObjectiveSettingsException($"The objective '{Name}' cannot be made: {refusal.Message}", refusal);
        }
        catch (TargetInvocationException exception)
        {
            ExceptionDispatchInfo.Throw(exception.InnerException!);
            throw;
        }
    }

    // The settings may be members of a record, which then is the only parameter.
    private static ConstructorInfo? OptionsOf(ConstructorInfo constructor) =>
        constructor.GetParameters() is [{ ParameterType: { IsClass: true } type }] && SettingType.Of(type, false) is null
        && type.GetConstructors() is [var options]
            ? options
            : null;

    public OrderedDictionary<string, PythonValue> Describe() => new()
    {
        ["name"] = Name,
        ["description"] = Description,
        ["settings"] = PythonValue.List(Settings, setting => setting.Describe()),
    };
}
