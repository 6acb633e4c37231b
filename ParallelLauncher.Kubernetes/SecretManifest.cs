using System.Text.Json.Nodes;
using k8s;
using k8s.Models;

namespace Hpo.ParallelLauncher.Kubernetes;

/// <summary>The plan of a run's agents as a Secret, which the pods mount as a file.</summary>
internal static class SecretManifest
{
    /// <param name="spec">The Job.</param>
    /// <param name="owner">The Job's uid, with which the Secret goes away; null before there is one.</param>
    public static JsonObject Of(JobSpec spec, string? owner = null) => JsonNode.Parse(KubernetesJson.Serialize(new V1Secret
    {
        ApiVersion = "v1",
        Kind = "Secret",
        Metadata = new V1ObjectMeta
        {
            Name = spec.Name,
            Labels = JobManifest.Labels(spec),
            OwnerReferences = owner is null ? null : [new V1OwnerReference { ApiVersion = "batch/v1", Kind = "Job", Name = spec.Name, Uid = owner }],
        },
        Immutable = true,
        StringData = new Dictionary<string, string> { [JobManifest.PlanFile] = spec.Plan },
    }))!.AsObject();
}
