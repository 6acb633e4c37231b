using System.Text.Json.Nodes;
using Hpo.Tests;
using k8s;
using k8s.Models;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace Hpo.ParallelLauncher.Kubernetes.Tests.Fake;

/// <summary>The part of a Kubernetes server's API that the launcher uses, over HTTP.</summary>
internal sealed class FakeApiServer : IAsyncDisposable
{
    private readonly FakeStore _store;
    private readonly FakeJobController _controller;
    private readonly WebApplication _app;

    public FakeApiServer(FakeStore store, FakeJobController controller)
    {
        _store = store;
        _controller = controller;
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Use(GuardAsync);
        _app.MapGet("/version", () => FakeRefusal.Json(new VersionInfo { Major = "1", Minor = "36", GitVersion = "v1.36.0" }));
        RouteGroupBuilder jobs = _app.MapGroup("/apis/batch/v1/namespaces/{space}/jobs");
        jobs.MapPost("", async (HttpRequest request, string space) => CreateJob(await BodyAsync(request), space, request));
        jobs.MapGet("{name}", (string space, string name) => Answer("get", "jobs.batch", "batch", space, () => Find(name).Object));
        jobs.MapPatch("{name}", async (HttpRequest request, string space, string name) => PatchJob(await BodyAsync(request), space, name));
        jobs.MapDelete("{name}", (string space, string name) => Answer("delete", "jobs.batch", "batch", space, () => Delete(name)));
        RouteGroupBuilder core = _app.MapGroup("/api/v1/namespaces/{space}");
        core.MapPost("secrets", async (HttpRequest request, string space) => CreateSecret(await BodyAsync(request), space, request));
        core.MapGet("pods", (string space, string labelSelector) => Answer("list", "pods", "", space, () => Pods(labelSelector)));
        core.MapGet("pods/{name}/log", (string space, string name) => Log(space, name));
        core.MapGet("events", (string space, string fieldSelector) => Answer("list", "events", "", space, () => Events(fieldSelector)));
    }

    public HashSet<string> Namespaces { get; } = ["hpo"];

    /// <summary>What the launcher may do, as <c>create jobs</c>: what the documentation's role allows.</summary>
    public HashSet<string> Rights { get; } =
    [
        .. Yaml.Read(File.ReadAllText(Path.Combine(SourceTree.Root, "docs", "kubernetes-role.yaml")))!["rules"]!.AsArray().SelectMany(rule =>
            rule!["resources"]!.AsArray().SelectMany(resource => rule["verbs"]!.AsArray().Select(verb => $"{verb} {resource}"))),
    ];

    /// <summary>The login that is accepted.</summary>
    public string Token { get; set; } = "first";

    public bool IsAway { get; set; }

    /// <summary>Does what the next request asks for, but cuts the connection off before its answer.</summary>
    public bool LosesNextAnswer { get; set; }

    public string Url => _app.Urls.Single();

    public Task StartAsync() => _app.StartAsync();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        if (IsAway)
        {
            context.Abort();
        }
        else if (context.Request.Headers.Authorization != $"Bearer {Token}")
        {
            await new FakeRefusal(401, "Unauthorized", "Unauthorized").Answer.ExecuteAsync(context);
        }
        else if (LosesNextAnswer)
        {
            LosesNextAnswer = false;
            context.Response.Body = new MemoryStream();
            await next(context);
            context.Abort();
        }
        else
        {
            await next(context);
        }
    }

    // All answers are made with the lock held: an object may change while it is written.
    private IResult Answer(string verb, string kind, string group, string space, Func<object> answer, int code = 200)
    {
        try
        {
            if (!Rights.Contains($"{verb} {kind.Split('.')[0]}")) throw FakeRefusal.Forbidden(verb, kind, group, space);
            lock (_store.Gate) return FakeRefusal.Json(answer(), code);
        }
        catch (FakeRefusal refusal)
        {
            return refusal.Answer;
        }
    }

    private IResult CreateJob(string json, string space, HttpRequest request) => Answer("create", "jobs.batch", "batch", space, () =>
    {
        Require(space);
        request.Query["fieldValidation"].ToString().Should().Be("Strict");
        V1Job job = JobValidation.Read(json);
        if (_store.Jobs.ContainsKey(job.Metadata.Name)) throw FakeRefusal.Exists("jobs.batch", job.Metadata.Name);
        _store.Made(job.Metadata, space);
        job.Status = new V1JobStatus();
        if (IsDryRun(request)) return job;
        var made = new FakeJob(job);
        _store.Jobs.Add(job.Metadata.Name, made);
        _controller.Reconcile(made);
        return job;
    }, 201);

    private IResult CreateSecret(string json, string space, HttpRequest request) => Answer("create", "secrets", "", space, () =>
    {
        Require(space);
        V1Secret secret = KubernetesJson.Deserialize<V1Secret>(json);
        if (_store.Secrets.ContainsKey(secret.Metadata.Name)) throw FakeRefusal.Exists("secrets", secret.Metadata.Name);
        _store.Made(secret.Metadata, space);
        if (IsDryRun(request)) return secret;
        _store.Secrets.Add(secret.Metadata.Name, secret);
        _controller.ReconcileAll();
        return secret;
    }, 201);

    private IResult PatchJob(string json, string space, string name) => Answer("patch", "jobs.batch", "batch", space, () =>
    {
        FakeJob job = Find(name);
        JsonObject merged = JsonNode.Parse(KubernetesJson.Serialize(job.Object))!.AsObject();
        Merge(merged, JsonNode.Parse(json)!.AsObject());
        job.Object = KubernetesJson.Deserialize<V1Job>(merged);
        _controller.Reconcile(job);
        return job.Object;
    });

    private object Delete(string name)
    {
        _controller.Delete(Find(name));
        return new JsonObject { ["kind"] = "Status", ["apiVersion"] = "v1", ["metadata"] = new JsonObject(), ["status"] = "Success" };
    }

    private V1PodList Pods(string selector)
    {
        string[][] wanted = [.. selector.Split(',').Select(part => part.Split('='))];
        return new V1PodList
        {
            ApiVersion = "v1",
            Kind = "PodList",
            Metadata = new V1ListMeta(),
            Items = [.. _store.Pods.Values.Select(pod => pod.Object).Where(pod => wanted.All(pair => pod.Metadata.Labels.TryGetValue(pair[0], out string? value) && value == pair[1]))],
        };
    }

    private Corev1EventList Events(string selector)
    {
        string name = selector.Split(',').Single(part => part.StartsWith("involvedObject.name=", StringComparison.Ordinal)).Split('=')[1];
        return new Corev1EventList { Metadata = new V1ListMeta(), Items = [.. _store.Events.Where(one => one.InvolvedObject.Name == name)] };
    }

    private IResult Log(string space, string name)
    {
        if (!Rights.Contains("get pods/log")) return FakeRefusal.Forbidden("get", "pods/log", "", space).Answer;
        lock (_store.Gate)
        {
            if (!_store.Pods.TryGetValue(name, out FakePod? pod)) return FakeRefusal.NotFound("pods", name).Answer;
            return pod.LogFile is null
                ? new FakeRefusal(400, "BadRequest", $"container \"worker\" in pod \"{name}\" is waiting to start: ContainerCreating").Answer
                : TypedResults.Text(File.ReadAllText(pod.LogFile));
        }
    }

    private void Require(string space)
    {
        if (!Namespaces.Contains(space)) throw FakeRefusal.NotFound("namespaces", space);
    }

    private FakeJob Find(string name) => _store.Jobs.TryGetValue(name, out FakeJob? job) ? job : throw FakeRefusal.NotFound("jobs.batch", name);

    private static bool IsDryRun(HttpRequest request) => request.Query["dryRun"] == "All";

    private static async Task<string> BodyAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return await reader.ReadToEndAsync();
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach ((string name, JsonNode? value) in patch)
        {
            if (value is null) target.Remove(name);
            else if (value is JsonObject fresh && target[name] is JsonObject old) Merge(old, fresh);
            else target[name] = value.DeepClone();
        }
    }
}
