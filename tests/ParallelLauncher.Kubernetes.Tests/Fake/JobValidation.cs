using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace Hpo.ParallelLauncher.Kubernetes.Tests.Fake;

/// <summary>What a server with fieldValidation=Strict finds in a Job.</summary>
internal static class JobValidation
{
    // The values that the API's reference allows, by the field's name: the client's models have mere strings.
    private static readonly Dictionary<string, string[]> Values = new()
    {
        ["completionMode"] = ["Indexed", "NonIndexed"],
        ["podReplacementPolicy"] = ["Failed", "TerminatingOrFailed"],
        ["action"] = ["FailJob", "FailIndex", "Ignore", "Count"],
        ["restartPolicy"] = ["Never", "OnFailure"],
        ["imagePullPolicy"] = ["Always", "IfNotPresent", "Never"],
        ["terminationMessagePolicy"] = ["File", "FallbackToLogsOnError"],
        ["effect"] = ["NoSchedule", "PreferNoSchedule", "NoExecute"],
        ["operator"] = ["In", "NotIn", "Exists", "Equal"],
        ["status"] = ["True", "False", "Unknown"],
    };

    /// <exception cref="FakeRefusal">The Job is refused.</exception>
    public static V1Job Read(string json)
    {
        JsonNode given = JsonNode.Parse(json)!;
        V1Job job = KubernetesJson.Deserialize<V1Job>(json);
        if (Unknown(given, JsonNode.Parse(KubernetesJson.Serialize(job)), "") is { } field) throw FakeRefusal.UnknownField(field);
        string name = job.Metadata.Name;
        foreach ((string path, string value) in Texts(given, ""))
        {
            if (Values.TryGetValue(path.Split('.')[^1], out string[]? allowed) && !allowed.Contains(value))
            {
                throw FakeRefusal.Invalid(name, path, "FieldValueNotSupported",
                    $"Unsupported value: \"{value}\": supported values: {string.Join(", ", allowed.Select(one => $"\"{one}\""))}");
            }
        }

        if ($"{name}-{job.Spec.Completions - 1}".Length > 63)
            throw FakeRefusal.Invalid(name, "metadata.name", "FieldValueInvalid", "Invalid value: must be no more than 63 characters");
        if (job.Spec.PodFailurePolicy is not null && job.Spec.PodReplacementPolicy is not (null or "Failed"))
            throw FakeRefusal.Invalid(name, "spec.podReplacementPolicy", "FieldValueNotSupported", "Unsupported value: \"TerminatingOrFailed\": supported values: \"Failed\"");
        foreach ((V1Container container, int i) in job.Spec.Template.Spec.Containers.Select((container, i) => (container, i)))
        {
            if (container.Image is "") throw FakeRefusal.Invalid(name, $"spec.template.spec.containers[{i}].image", "FieldValueRequired", "Required value");
        }

        return job;
    }

    // What the model does not have is lost when it is read and written.
    private static string? Unknown(JsonNode? given, JsonNode? kept, string path) => (given, kept) switch
    {
        (JsonObject from, JsonObject to) => from.Select(field => field.Value is not null && !to.ContainsKey(field.Key)
            ? Join(path, field.Key)
            : Unknown(field.Value, to[field.Key], Join(path, field.Key))).FirstOrDefault(found => found is not null),
        (JsonArray from, JsonArray to) => from.Select((item, i) => Unknown(item, to[i], $"{path}[{i}]")).FirstOrDefault(found => found is not null),
        _ => null,
    };

    private static IEnumerable<(string Path, string Value)> Texts(JsonNode? node, string path) => node switch
    {
        JsonObject map => map.SelectMany(field => Texts(field.Value, Join(path, field.Key))),
        JsonArray list => list.SelectMany((item, i) => Texts(item, $"{path}[{i}]")),
        JsonValue value when value.TryGetValue(out string? text) => [(path, text)],
        _ => [],
    };

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";
}
