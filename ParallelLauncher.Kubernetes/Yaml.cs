using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Hpo.ParallelLauncher.Kubernetes;

/// <summary>YAML as the JSON that it stands for. (The client's own is bound to its models, and loses fields that these do not have.)</summary>
internal static class Yaml
{
    /// <summary>The value of a text's first document; JSON is YAML too.</summary>
    /// <exception cref="YamlException">It is no YAML.</exception>
    public static JsonNode? Read(string text)
    {
        var stream = new YamlStream();
        stream.Load(new StringReader(text));
        return stream.Documents is [var first, ..] ? ToJson(first.RootNode) : null;
    }

    public static string Write(JsonNode value)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        new YamlStream(new YamlDocument(ToYaml(value))).Save(writer, assignAnchors: false);
        // The end of a document is written for streams; the next one's beginning ends it as well.
        return writer.ToString().Replace("...\n", "", StringComparison.Ordinal);
    }

    private static JsonNode? ToJson(YamlNode node) => node switch
    {
        YamlMappingNode map => new JsonObject(map.Select(pair => KeyValuePair.Create(pair.Key.ToString(), ToJson(pair.Value)))),
        YamlSequenceNode list => new JsonArray([.. list.Select(ToJson)]),
        YamlScalarNode { Style: ScalarStyle.Plain or ScalarStyle.Any } plain => Plain(plain.Value ?? ""),
        YamlScalarNode text => JsonValue.Create(text.Value),
        _ => null,
    };

    private static JsonNode? Plain(string text) => text switch
    {
        "" or "~" or "null" or "Null" or "NULL" => null,
        "true" or "True" or "TRUE" => JsonValue.Create(true),
        "false" or "False" or "FALSE" => JsonValue.Create(false),
        _ when long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long number) => JsonValue.Create(number),
        _ when double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number) => JsonValue.Create(number),
        _ => JsonValue.Create(text),
    };

    private static YamlNode ToYaml(JsonNode? node)
    {
        switch (node)
        {
            case JsonObject map:
                var fields = new YamlMappingNode();
                foreach ((string name, JsonNode? value) in map) fields.Add(name, ToYaml(value));
                return fields;
            case JsonArray list:
                return new YamlSequenceNode(list.Select(ToYaml));
            case JsonValue value when value.GetValueKind() is JsonValueKind.String:
                string text = value.GetValue<string>();
                return new YamlScalarNode(text) { Style = StyleOf(text) };
            default:
                return new YamlScalarNode(node?.ToJsonString() ?? "null");
        }
    }

    // Older readers of YAML take yes and no, on and off for booleans.
    private static ScalarStyle StyleOf(string text) =>
        text.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.Literal
        : Plain(text) is not JsonValue plain || plain.GetValueKind() is not JsonValueKind.String || text.ToLowerInvariant() is "yes" or "no" or "on" or "off" or "y" or "n"
            ? ScalarStyle.DoubleQuoted
        : ScalarStyle.Any;
}
