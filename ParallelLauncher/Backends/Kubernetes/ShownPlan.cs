using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hpo.Interop.Storages;

namespace Hpo.ParallelLauncher.Backends.Kubernetes;

/// <summary>An agent's plan as it may be shown: without the launcher's variables, and with *** for passwords.</summary>
internal static class ShownPlan
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Of(string plan)
    {
        JsonObject shown = JsonNode.Parse(plan)!.AsObject();
        shown.Remove("environment");
        return StorageUrl.MaskAll(shown.ToJsonString(Readable));
    }
}
