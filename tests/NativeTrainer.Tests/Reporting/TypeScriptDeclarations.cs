using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Hpo.NativeTrainer.Tests.Reporting;

/// <summary>What records look like as JSON, as declarations of TypeScript: from the contract that the serializer itself goes by.</summary>
/// <param name="options">How the records are written.</param>
/// <param name="nameOf">What an object's type is called.</param>
internal sealed class TypeScriptDeclarations(JsonSerializerOptions options, Func<Type, string> nameOf)
{
    private readonly JsonSerializerOptions _options = new(options) { TypeInfoResolver = new DefaultJsonTypeInfoResolver() };
    private readonly Dictionary<Type, string> _interfaces = [];

    /// <summary>The interfaces of some types and of all that they hold, in the alphabet's order.</summary>
    public IEnumerable<string> Of(params Type[] types)
    {
        foreach (Type type in types) NameOf(type);
        return _interfaces.OrderBy(pair => nameOf(pair.Key), StringComparer.Ordinal).Select(pair => pair.Value);
    }

    private string NameOf(Type type)
    {
        if (Nullable.GetUnderlyingType(type) is { } underlying) return $"{NameOf(underlying)} | null";
        if (type == typeof(string)) return "string";
        if (type == typeof(bool)) return "boolean";
        if (type == typeof(int) || type == typeof(long)) return "number";
        if (type == typeof(double)) return _options.NumberHandling.HasFlag(JsonNumberHandling.AllowNamedFloatingPointLiterals) ? "Double" : "number";
        JsonTypeInfo contract = _options.GetTypeInfo(type);
        return contract.Kind switch
        {
            JsonTypeInfoKind.Enumerable => NameOf(contract.ElementType!) is var element && element.EndsWith(" | null") ? $"({element})[]" : $"{element}[]",
            JsonTypeInfoKind.Dictionary when contract.KeyType == typeof(string) => $"Record<string, {NameOf(contract.ElementType!)}>",
            JsonTypeInfoKind.Object => Declare(contract),
            _ => throw new NotSupportedException($"What {type} looks like as JSON is not known here yet."),
        };
    }

    private string Declare(JsonTypeInfo contract)
    {
        string name = nameOf(contract.Type);
        // It may hold itself.
        if (!_interfaces.TryAdd(contract.Type, "")) return name;
        var text = new StringBuilder($"interface {name} {{\n");
        foreach (JsonPropertyInfo property in contract.Properties)
        {
            string type = NameOf(Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType);
            bool isLeftOut = property.IsGetNullable && _options.DefaultIgnoreCondition == JsonIgnoreCondition.WhenWritingNull;
            text.Append($"  {property.Name}{(isLeftOut ? "?" : "")}: {type}{(property.IsGetNullable && !isLeftOut ? " | null" : "")};\n");
        }
        _interfaces[contract.Type] = text.Append("}\n").ToString();
        return name;
    }
}
