using System.Globalization;
using System.Text.Json.Nodes;
using k8s;
using k8s.Autorest;
using k8s.Models;

namespace Hpo.ParallelLauncher.Kubernetes;

/// <summary>What a launcher asks of a Kubernetes server. Each call throws an <see cref="ApiException"/> where the server does not do it.</summary>
internal sealed class KubernetesApi : IDisposable
{
    private const string Strict = "Strict";
    private const string DryRun = "All";

    private readonly k8s.Kubernetes _client;
    private readonly string _server;
    private readonly string? _context;

    /// <exception cref="ApiException">There is no login.</exception>
    public KubernetesApi(ClusterAddress address)
    {
        KubernetesClientConfiguration login = Login.Find(address);
        _client = new k8s.Kubernetes(login);
        _server = login.Host;
        _context = login.CurrentContext;
        Namespace = address.Namespace ?? (string.IsNullOrEmpty(login.Namespace) ? "default" : login.Namespace);
    }

    public string Namespace { get; }

    public void Dispose() => _client.Dispose();

    /// <summary>The server, its version and the context, for a person.</summary>
    public Task<string> DescribeAsync(CancellationToken cancellationToken) => AskAsync(async () =>
        $"Kubernetes {(await _client.Version.GetCodeAsync(cancellationToken)).GitVersion} at {_server}"
        + (_context is null ? "" : $", context {_context}"), cancellationToken);

    /// <summary>Lets the server check all that would be made; it makes nothing.</summary>
    public async Task CheckAsync(JobSpec spec, CancellationToken cancellationToken)
    {
        _ = await CreateJobAsync(spec, DryRun, cancellationToken);
        await CreateSecretAsync(spec, owner: null, DryRun, cancellationToken);
    }

    /// <summary>Makes the Job and its Secret, as far as they are not there; a Job of the run that was stopped goes on.</summary>
    public async Task CreateAsync(JobSpec spec, CancellationToken cancellationToken)
    {
        V1Job job = await CreateJobAsync(spec, dryRun: null, cancellationToken);
        try
        {
            // The Job comes first, since the Secret goes away with it; its pods wait for the Secret.
            await CreateSecretAsync(spec, job.Metadata.Uid, dryRun: null, cancellationToken);
        }
        catch (ApiException error) when (error.Fault is not ApiFault.Away)
        {
            await DeleteAsync(spec.Name, cancellationToken);
            throw;
        }

        if (FactReader.Read(job).State is JobState.Stopped) await ResumeAsync(spec.Name, cancellationToken);
    }

    /// <summary>What is known of a Job; one that is not there has no state.</summary>
    public async Task<JobFacts> LookAsync(string name, CancellationToken cancellationToken)
    {
        // The Job comes first: a pod that is made between the two is only seen earlier, and none is taken for missing.
        V1Job? job = await AskAsync(() => FindAsync(name, cancellationToken), cancellationToken);
        V1PodList pods = await AskAsync(() => _client.CoreV1.ListNamespacedPodAsync(
            Namespace, labelSelector: $"{JobLabels.Job}={name}", cancellationToken: cancellationToken), cancellationToken);
        PodFacts[] read = [.. pods.Items.Select(FactReader.Read).OfType<PodFacts>()];
        if (job is null) return new JobFacts { Pods = read };
        JobFacts facts = FactReader.Read(job) with { Pods = read };
        int alive = read.Count(pod => pod.Phase is not (PodPhase.Succeeded or PodPhase.Failed));
        int wanted = Math.Min(facts.Parallelism, (job.Spec.Completions ?? 1) - facts.Completed.Count - facts.Failed.Count);
        return facts.State is not JobState.Active || alive >= wanted ? facts
            : facts with { Refusal = await RefusalAsync(name, cancellationToken) };
    }

    /// <summary>Asks all pods to end in order; the Job stays.</summary>
    public Task SuspendAsync(string name, CancellationToken cancellationToken) => PatchAsync(name, isStopped: true, cancellationToken);

    /// <summary>Starts the pods of a suspended Job anew.</summary>
    public Task ResumeAsync(string name, CancellationToken cancellationToken) => PatchAsync(name, isStopped: false, cancellationToken);

    /// <summary>Ends all, and removes the Job with its pods and its Secret.</summary>
    public Task DeleteAsync(string name, CancellationToken cancellationToken) => UnlessMissingAsync(() =>
        _client.BatchV1.DeleteNamespacedJobAsync(name, Namespace, propagationPolicy: "Background", cancellationToken: cancellationToken), cancellationToken);

    /// <summary>What the newest pod of an index wrote; null where there is none, or nothing of it is left.</summary>
    public async Task<string?> LogAsync(string name, int index, CancellationToken cancellationToken)
    {
        V1PodList pods = await AskAsync(() => _client.CoreV1.ListNamespacedPodAsync(
            Namespace, labelSelector: string.Create(CultureInfo.InvariantCulture, $"{JobLabels.Job}={name},{JobLabels.Index}={index}"),
            cancellationToken: cancellationToken), cancellationToken);
        if (PodFacts.Newest(pods.Items.Select(FactReader.Read).OfType<PodFacts>()) is not { } newest) return null;
        return await AskAsync(async () =>
        {
            try
            {
                using var log = new StreamReader(await _client.CoreV1.ReadNamespacedPodLogAsync(
                    newest.Name, Namespace, container: JobManifest.Container, cancellationToken: cancellationToken));
                return await log.ReadToEndAsync(cancellationToken);
            }
            catch (HttpOperationException error) when (ApiErrors.IsMissing(error) || error.Response?.StatusCode is System.Net.HttpStatusCode.BadRequest)
            {
                // Its container has not started yet, or its node is gone.
                return null;
            }
        }, cancellationToken);
    }

    /// <summary>A Job of the name that is there already is taken, if it is the run's.</summary>
    private Task<V1Job> CreateJobAsync(JobSpec spec, string? dryRun, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        try
        {
            // As plain JSON: a patch may set fields that the client does not know, and the server checks them.
            return await _client.CustomObjects.CreateNamespacedCustomObjectAsync<V1Job>(
                JobManifest.Of(spec), "batch", "v1", Namespace, "jobs", dryRun, fieldValidation: Strict, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException error) when (ApiErrors.IsConflict(error))
        {
            if (await FindAsync(spec.Name, cancellationToken) is not { } there) throw;
            if (there.Metadata.Labels?.TryGetValue(JobManifest.RunLabel, out string? run) is true && run == spec.Name) return there;
            throw new ApiException(ApiFault.Usage,
                $"The namespace {Namespace} has a Job {spec.Name} that is not of the run {spec.Run}: delete it, or choose another --namespace.");
        }
    }, cancellationToken);

    private Task CreateSecretAsync(JobSpec spec, string? owner, string? dryRun, CancellationToken cancellationToken) => AskAsync(async () =>
    {
        try
        {
            V1Secret secret = KubernetesJson.Deserialize<V1Secret>(SecretManifest.Of(spec, owner));
            return await _client.CoreV1.CreateNamespacedSecretAsync(secret, Namespace, dryRun, fieldValidation: Strict, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException error) when (ApiErrors.IsConflict(error))
        {
            return null;
        }
    }, cancellationToken);

    private async Task<V1Job?> FindAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            return await _client.BatchV1.ReadNamespacedJobAsync(name, Namespace, cancellationToken: cancellationToken);
        }
        catch (HttpOperationException error) when (ApiErrors.IsMissing(error))
        {
            return null;
        }
    }

    // An account without the right to read events does without the reason.
    private async Task<string?> RefusalAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            Corev1EventList events = await AskAsync(() => _client.CoreV1.ListNamespacedEventAsync(
                Namespace, fieldSelector: $"involvedObject.kind=Job,involvedObject.name={name},reason=FailedCreate", cancellationToken: cancellationToken), cancellationToken);
            return events.Items.MaxBy(one => one.LastTimestamp ?? one.EventTime ?? one.Metadata.CreationTimestamp)?.Message;
        }
        catch (ApiException error) when (error.Fault is not ApiFault.Away)
        {
            return null;
        }
    }

    private Task PatchAsync(string name, bool isStopped, CancellationToken cancellationToken) => UnlessMissingAsync(() =>
    {
        var patch = new JsonObject
        {
            ["metadata"] = new JsonObject { ["annotations"] = new JsonObject { [JobManifest.StoppedAnnotation] = isStopped ? "true" : null } },
            ["spec"] = new JsonObject { ["suspend"] = isStopped },
        };
        return _client.BatchV1.PatchNamespacedJobAsync(
            new V1Patch(patch.ToJsonString(), V1Patch.PatchType.MergePatch), name, Namespace, cancellationToken: cancellationToken);
    }, cancellationToken);

    private Task<T?> UnlessMissingAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken) where T : class => AskAsync(async () =>
    {
        try
        {
            return await call();
        }
        catch (HttpOperationException error) when (ApiErrors.IsMissing(error))
        {
            return null;
        }
    }, cancellationToken);

    private async Task<T> AskAsync<T>(Func<Task<T>> call, CancellationToken cancellationToken)
    {
        try
        {
            return await call();
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested && ApiErrors.Of(error, _server) is { } meant)
        {
            throw meant;
        }
    }
}
