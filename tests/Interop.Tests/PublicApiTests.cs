using System.Reflection;
using System.Text;

namespace Hpo.Interop.Tests;

/// <summary>The public types and members of Hpo.Interop, against the committed list: no change of them goes unseen.</summary>
public sealed class PublicApiTests
{
    [Fact]
    public async Task The_public_api_is_the_committed_one()
    {
        string file = Path.Combine(Sources.Root, "tests", "Interop.Tests", "PublicApi.txt");
        string actual = Describe();
        if (Sources.AreDocsUpdated) await File.WriteAllTextAsync(file, actual, new UTF8Encoding(false));
        (await File.ReadAllTextAsync(file)).Should().Be(actual, $"{Sources.UpdateVariable}=1 writes it anew");
    }

    private static string Describe()
    {
        var text = new StringBuilder();
        foreach (Type type in typeof(Study).Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal))
        {
            text.Append(type.FullName).Append(type.BaseType is { } parent && parent != typeof(object) ? $" : {Name(parent)}" : "").Append('\n');
            foreach (string member in Members(type).Distinct().Order(StringComparer.Ordinal)) text.Append("    ").Append(member).Append('\n');
        }
        return text.ToString();
    }

    private static IEnumerable<string> Members(Type type)
    {
        const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;
        foreach (ConstructorInfo constructor in type.GetConstructors(Declared).Where(item => IsVisible(item)))
            yield return $"new({Parameters(constructor)})";
        foreach (FieldInfo field in type.GetFields(Declared).Where(field => field.IsPublic && !field.IsSpecialName))
            yield return field.IsLiteral ? $"{field.Name} = {field.GetRawConstantValue()}" : $"{field.Name}: {Name(field.FieldType)}";
        foreach (PropertyInfo property in type.GetProperties(Declared).Where(property => property.GetMethod is { } get && IsVisible(get)))
            yield return $"{property.Name}: {Name(property.PropertyType)}{(property.SetMethod is { } set && IsVisible(set) ? " { get; set; }" : "")}";
        foreach (MethodInfo method in type.GetMethods(Declared).Where(method => IsVisible(method) && !IsGenerated(type, method)))
            yield return $"{(method.IsStatic ? "static " : "")}{method.Name}({Parameters(method)}): {Name(method.ReturnType)}";
    }

    private static bool IsVisible(MethodBase method) => method.IsPublic || method.IsFamily;

    // Accessors, and what the compiler writes for every record.
    private static bool IsGenerated(Type type, MethodInfo method) =>
        (method.IsSpecialName && !method.Name.StartsWith("op_", StringComparison.Ordinal))
        || (type.GetMethod("<Clone>$") is not null
            && method.Name is "<Clone>$" or "Equals" or "GetHashCode" or "ToString" or "PrintMembers" or "Deconstruct" or "op_Equality" or "op_Inequality");

    private static string Parameters(MethodBase method) => string.Join(", ", method.GetParameters().Select(parameter =>
        $"{Name(parameter.ParameterType)} {parameter.Name}{(parameter.HasDefaultValue ? $" = {parameter.DefaultValue ?? "null"}" : "")}"));

    private static string Name(Type type)
    {
        if (!type.IsGenericType) return type.Name;
        return $"{type.Name.Split('`')[0]}<{string.Join(", ", type.GetGenericArguments().Select(Name))}>";
    }
}
