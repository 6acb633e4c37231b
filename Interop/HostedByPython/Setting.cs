using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using Hpo.Interop.Bridge;

namespace Hpo.Interop.HostedByPython;

/// <summary>A setting of an objective: a parameter of its constructor.</summary>
internal sealed class Setting
{
    private readonly ParameterInfo _parameter;
    private readonly SettingType _type;
    private readonly ValidationAttribute[] _limits;

    /// <exception cref="ObjectiveAssemblyException">The parameter's type is none that Python can set.</exception>
    public Setting(ParameterInfo parameter, string owner)
    {
        _parameter = parameter;
        Name = JsonNamingPolicy.SnakeCaseLower.ConvertName(parameter.Name!);
        _limits = [.. parameter.GetCustomAttributes<ValidationAttribute>()];
        bool takesNull = new NullabilityInfoContext().Create(parameter).WriteState == NullabilityState.Nullable;
        _type = SettingType.Of(parameter.ParameterType, takesNull)
            ?? throw new ObjectiveAssemblyException(
                $"The setting '{Name}' of {owner} is a {parameter.ParameterType}, which Python cannot set: use bool, int, long, " +
                "float, double, string, an enum, or an array of these.");
    }

    public string Name { get; }

    public string? Description => _parameter.GetCustomAttribute<DescriptionAttribute>()?.Description;

    private RangeAttribute? Range => _limits.OfType<RangeAttribute>().FirstOrDefault();

    private IReadOnlyList<PythonValue>? Choices =>
        _limits.OfType<AllowedValuesAttribute>().FirstOrDefault() is { } allowed
            ? Array.ConvertAll(allowed.Values, SettingType.ToPython)
            : _type.Choices;

    /// <summary>The value for the constructor, or null with a fault added.</summary>
    public object? Bind(IReadOnlyDictionary<string, PythonValue> values, List<string> faults)
    {
        if (!values.TryGetValue(Name, out PythonValue given))
        {
            if (!_parameter.HasDefaultValue) faults.Add($"the setting '{Name}' ({Expected}) is missing");
            return Default;
        }
        if (!_type.TryConvert(given, out object? value))
            faults.Add($"the setting '{Name}' takes {Expected}, and got {SettingType.Words(given)}");
        else if (value is not null && _limits.FirstOrDefault(limit => !limit.IsValid(value)) is { } broken)
            faults.Add(Fault(broken, given));
        return value;
    }

    public PythonValue Describe() => new OrderedDictionary<string, PythonValue>
    {
        ["name"] = Name,
        ["type"] = _type.Name,
        ["required"] = !_parameter.HasDefaultValue,
        ["default"] = SettingType.ToPython(Default),
        ["description"] = Description,
        ["minimum"] = SettingType.ToPython(Range?.Minimum),
        ["maximum"] = SettingType.ToPython(Range?.Maximum),
        ["choices"] = Choices is { } choices ? PythonValue.List(choices, choice => choice) : PythonValue.None,
    };

    public override string ToString()
    {
        string text = $"{Name}: {_type.Name}";
        return _parameter.HasDefaultValue ? $"{text} = {SettingType.Literal(SettingType.ToPython(Default))}" : text;
    }

    private object? Default => _parameter switch
    {
        { HasDefaultValue: false } => null,
        // The default of a parameter of an enum's type is its number where the enum may be null.
        { DefaultValue: { } value } when _type.Enum is { } type => Enum.ToObject(type, value),
        { DefaultValue: null } when _parameter.ParameterType is { IsValueType: true } type =>
            Nullable.GetUnderlyingType(type) is null ? Activator.CreateInstance(type) : null,
        _ => _parameter.DefaultValue,
    };

    private string Expected
    {
        get
        {
            if (Choices is { } choices) return $"one of {string.Join(", ", choices.Select(SettingType.Literal))}";
            string kind = _type.Name.StartsWith('i') ? $"an {_type.Name}" : $"a {_type.Name}";
            if (Range is not { } range) return _type.Limits is { } limits ? $"{kind} {limits}" : kind;
            string low = range.MinimumIsExclusive ? "above" : "from";
            string high = range.MaximumIsExclusive ? "to below" : "to";
            return string.Create(CultureInfo.InvariantCulture, $"{kind} {low} {range.Minimum} {high} {range.Maximum}");
        }
    }

    private string Fault(ValidationAttribute broken, PythonValue given) =>
        broken is RangeAttribute or AllowedValuesAttribute
            ? $"the setting '{Name}' takes {Expected}, and got {SettingType.Words(given)}"
            : broken.FormatErrorMessage(Name).TrimEnd('.');
}
