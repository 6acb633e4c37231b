using System.Collections;
using System.Globalization;
using System.Text.Json;
using Hpo.Interop.Bridge;

namespace Hpo.Interop.HostedByPython;

/// <summary>The type of a setting: what it is in Python, and how a Python value becomes one.</summary>
internal sealed class SettingType
{
    private readonly Type _type;
    private readonly SettingType? _item;
    private readonly bool _takesNull;

    private SettingType(Type type, SettingType? item, bool takesNull, string name)
    {
        (_type, _item, _takesNull) = (type, item, takesNull);
        Name = takesNull ? $"{name} | None" : name;
    }

    /// <summary>The type as Python writes it.</summary>
    public string Name { get; }

    /// <summary>The enum that it is, or null.</summary>
    public Type? Enum => _type.IsEnum ? _type : null;

    /// <summary>The names of the enum that it is, or null.</summary>
    public IReadOnlyList<PythonValue>? Choices =>
        Enum is null ? null : Array.ConvertAll(Enum.GetEnumNames(), name => (PythonValue)SnakeCase(name));

    /// <summary>The numbers that it can hold, where Python's type holds more.</summary>
    public string? Limits => _type == typeof(int) ? $"from {int.MinValue} to {int.MaxValue}" : null;

    /// <summary>The type of a parameter, or null where Python cannot set it.</summary>
    public static SettingType? Of(Type type, bool takesNull)
    {
        Type inner = Nullable.GetUnderlyingType(type) ?? type;
        if (ItemOf(inner) is { } itemType)
            return Of(itemType, false) is { } item ? new SettingType(inner, item, takesNull, $"list[{item.Name}]") : null;
        string? name = inner switch
        {
            { IsEnum: true } => "str",
            _ when inner == typeof(bool) => "bool",
            _ when inner == typeof(int) || inner == typeof(long) => "int",
            _ when inner == typeof(float) || inner == typeof(double) => "float",
            _ when inner == typeof(string) => "str",
            _ => null,
        };
        return name is null ? null : new SettingType(inner, null, takesNull, name);
    }

    /// <summary>A value of C# for Python.</summary>
    public static PythonValue ToPython(object? value) => value switch
    {
        null => PythonValue.None,
        bool flag => flag,
        int number => number,
        long number => number,
        float number => (double)number,
        double number => number,
        Enum member => SnakeCase(member.ToString()),
        string text => text,
        IEnumerable items => PythonValue.List(items.Cast<object?>(), ToPython),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture),
    };

    /// <summary>The value as Python writes it.</summary>
    public static string Literal(PythonValue value) => value.Kind switch
    {
        PythonKind.None => "None",
        PythonKind.Bool => value.AsBool() ? "True" : "False",
        PythonKind.Integer => value.AsInteger().ToString(CultureInfo.InvariantCulture),
        PythonKind.Float => Float(value.AsFloat()),
        PythonKind.String => $"'{value.AsString()}'",
        PythonKind.List => $"[{string.Join(", ", value.AsList().Select(Literal))}]",
        _ => "…",
    };

    /// <summary>A given value with its Python type.</summary>
    public static string Words(PythonValue value) => value.Kind switch
    {
        PythonKind.None => "None",
        PythonKind.Bool => $"{Literal(value)} (a bool)",
        PythonKind.Integer => $"{Literal(value)} (an int)",
        PythonKind.Float => $"{Literal(value)} (a float)",
        PythonKind.String => $"{Literal(value)} (a str)",
        PythonKind.List => $"{Literal(value)} (a list)",
        PythonKind.Map => "a dict",
        PythonKind.Bytes => "bytes",
        _ => "an object of another type",
    };

    /// <summary>Converts as Python's own typing would: an int is a float, a bool is not an int.</summary>
    public bool TryConvert(PythonValue given, out object? value)
    {
        value = (given.Kind, _type) switch
        {
            (PythonKind.List, _) when _item is not null => Items(given.AsList()),
            (PythonKind.Bool, { } type) when type == typeof(bool) => given.AsBool(),
            (PythonKind.Integer, { } type) when type == typeof(long) => given.AsInteger(),
            (PythonKind.Integer, { } type) when type == typeof(int) => Narrow(given.AsInteger()),
            (PythonKind.Integer or PythonKind.Float, { } type) when type == typeof(double) => given.AsFloat(),
            (PythonKind.Integer or PythonKind.Float, { } type) when type == typeof(float) => (float)given.AsFloat(),
            (PythonKind.String, { IsEnum: true }) => Member(given.AsString()),
            (PythonKind.String, { } type) when type == typeof(string) => given.AsString(),
            _ => null,
        };
        return value is not null || (given.IsNone && _takesNull);
    }

    private static string Float(double number)
    {
        string text = number.ToString(CultureInfo.InvariantCulture);
        return long.TryParse(text, CultureInfo.InvariantCulture, out _) ? $"{text}.0" : text;
    }

    private static object? Narrow(long number) => number is >= int.MinValue and <= int.MaxValue ? (int)number : null;

    private object? Member(string name) =>
        _type.GetEnumNames().FirstOrDefault(member => SnakeCase(member) == name || member == name) is { } found
            ? System.Enum.Parse(_type, found)
            : null;

    private Array? Items(PythonValue[] given)
    {
        var items = Array.CreateInstance(_item!._type, given.Length);
        for (int i = 0; i < given.Length; i++)
        {
            if (!_item.TryConvert(given[i], out object? item)) return null;
            items.SetValue(item, i);
        }
        return items;
    }

    private static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    // Of an array, or of the interface that an array implements too.
    private static Type? ItemOf(Type type) =>
        type.IsSZArray ? type.GetElementType()
        : type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0]
        : null;
}
