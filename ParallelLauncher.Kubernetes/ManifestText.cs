using System.Text.Json.Nodes;

namespace Hpo.ParallelLauncher.Kubernetes;

/// <summary>The manifests of a run, to be read or applied by a person.</summary>
internal static class ManifestText
{
    private static readonly string[] First = ["apiVersion", "kind", "metadata"];

    /// <param name="spec">The Job, whose plan may be shown.</param>
    /// <param name="namespaceName">Where the Job is to be made, or null for the context's namespace.</param>
    /// <exception cref="ApiException">A setting or a patch is wrong.</exception>
    public static string Of(JobSpec spec, string? namespaceName) =>
        $"# kubectl apply{(namespaceName is null ? "" : $" -n {namespaceName}")} takes this as it is, once *** is replaced: passwords are not shown.\n"
        + $"{Text(SecretManifest.Of(spec))}---\n{Text(JobManifest.Of(spec))}";

    // What it is comes first, as people write it; a stable order leaves the rest as it is.
    private static string Text(JsonObject manifest) => Yaml.Write(new JsonObject(manifest
        .OrderBy(field => Array.IndexOf(First, field.Key) is var place and >= 0 ? place - First.Length : 0)
        .Select(field => KeyValuePair.Create(field.Key, field.Value?.DeepClone()))));
}
