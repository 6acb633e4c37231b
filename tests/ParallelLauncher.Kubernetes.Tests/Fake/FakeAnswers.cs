using System.Text.Json.Nodes;
using k8s;
using Microsoft.AspNetCore.Http;

namespace Hpo.ParallelLauncher.Kubernetes.Tests.Fake;

/// <summary>An answer other than success, as a Kubernetes 1.36 server gives it. (The client's own model of it can only be read.)</summary>
internal sealed class FakeRefusal(int code, string reason, string message, JsonObject? details = null) : Exception(message)
{
    public IResult Answer { get; } = Json(new JsonObject
    {
        ["kind"] = "Status",
        ["apiVersion"] = "v1",
        ["metadata"] = new JsonObject(),
        ["status"] = "Failure",
        ["message"] = message,
        ["reason"] = reason,
        ["details"] = details,
        ["code"] = code,
    }, code);

    public static IResult Json(object value, int code = 200) =>
        TypedResults.Text(KubernetesJson.Serialize(value), "application/json", statusCode: code);

    public static FakeRefusal NotFound(string kind, string name) =>
        new(404, "NotFound", $"{kind} \"{name}\" not found", new JsonObject { ["name"] = name, ["kind"] = Kind(kind) });

    public static FakeRefusal Exists(string kind, string name) =>
        new(409, "AlreadyExists", $"{kind} \"{name}\" already exists", new JsonObject { ["name"] = name, ["kind"] = Kind(kind) });

    public static FakeRefusal Forbidden(string verb, string kind, string group, string space) => new(403, "Forbidden",
        $"{kind} is forbidden: User \"launcher\" cannot {verb} resource \"{Kind(kind)}\" in API group \"{group}\" in the namespace \"{space}\"",
        new JsonObject { ["kind"] = Kind(kind) });

    public static FakeRefusal UnknownField(string field) => new(400, "BadRequest",
        $"Job in version \"v1\" cannot be handled as a Job: strict decoding error: unknown field \"{field}\"");

    public static FakeRefusal Invalid(string name, string field, string reason, string problem) => new(422, "Invalid",
        $"Job.batch \"{name}\" is invalid: {field}: {problem}", new JsonObject
        {
            ["name"] = name,
            ["kind"] = "Job",
            ["group"] = "batch",
            ["causes"] = new JsonArray(new JsonObject { ["reason"] = reason, ["message"] = problem, ["field"] = field }),
        });

    private static string Kind(string kind) => kind.Split('.')[0];
}
