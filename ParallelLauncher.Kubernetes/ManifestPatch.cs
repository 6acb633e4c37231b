using System.Text.Json.Nodes;
using YamlDotNet.Core;

namespace Hpo.ParallelLauncher.Kubernetes;

/// <summary>
/// A part of a manifest that is laid over another: values replace values, null removes one, and lists whose items have names (containers,
/// volumes, variables) are merged by these, as kubectl does.
/// </summary>
internal static class ManifestPatch
{
    /// <exception cref="ApiException">The patch is no part of a manifest.</exception>
    public static void Apply(JsonObject manifest, string patch)
    {
        if (Parse(patch) is not JsonObject parsed)
            throw new ApiException(ApiFault.Usage, $"--backend-arg '{patch}' is no part of a Job's manifest: for example '{{spec: {{template: {{spec: {{priorityClassName: low}}}}}}}}'.");
        Merge(manifest, parsed);
    }

    private static JsonNode? Parse(string patch)
    {
        try
        {
            return Yaml.Read(patch);
        }
        catch (YamlException error)
        {
            throw new ApiException(ApiFault.Usage, $"--backend-arg '{patch}' is no YAML: {error.Message}");
        }
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach ((string name, JsonNode? value) in patch)
        {
            switch (target[name], value)
            {
                case (_, null):
                    target.Remove(name);
                    break;
                case (JsonObject old, JsonObject fresh):
                    Merge(old, fresh);
                    break;
                case (JsonArray old, JsonArray fresh) when fresh.Count > 0 && fresh.All(item => NameOf(item) is not null):
                    Merge(old, fresh);
                    break;
                default:
                    target[name] = value.DeepClone();
                    break;
            }
        }
    }

    private static void Merge(JsonArray target, JsonArray patch)
    {
        foreach (JsonNode? item in patch)
        {
            if (target.FirstOrDefault(old => NameOf(old) == NameOf(item)) is JsonObject old) Merge(old, item!.AsObject());
            else target.Add(item!.DeepClone());
        }
    }

    private static string? NameOf(JsonNode? item) => item is JsonObject named && named["name"] is JsonValue name ? name.ToString() : null;
}
