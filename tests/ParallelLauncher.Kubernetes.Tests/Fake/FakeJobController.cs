using System.Globalization;
using k8s.Models;

namespace Hpo.ParallelLauncher.Kubernetes.Tests.Fake;

/// <summary>Does for Indexed Jobs what the Job controller, the scheduler and the node controller do; all of it with the store's lock held.</summary>
internal sealed class FakeJobController
{
    // A real one waits for 10 s and doubles that.
    private static readonly TimeSpan BackOff = TimeSpan.FromMilliseconds(50);

    private readonly FakeStore _store;
    private readonly FakeKubelet _kubelet;
    private int _names;

    public FakeJobController(FakeStore store, string folder, IReadOnlyDictionary<string, string> programs)
    {
        _store = store;
        _kubelet = new FakeKubelet(store, folder, programs, pod => Reconcile(pod.Job));
    }

    /// <summary>How many cores each node has, by its name.</summary>
    public Dictionary<string, decimal> Nodes { get; } = new() { ["node-a"] = 8, ["node-b"] = 8 };

    /// <summary>How many pods the namespace may have.</summary>
    public int Quota { get; set; } = int.MaxValue;

    public void ReconcileAll()
    {
        foreach (FakeJob job in _store.Jobs.Values.ToArray()) Reconcile(job);
    }

    public void Reconcile(FakeJob job)
    {
        foreach (FakePod pod in PodsOf(job).Where(pod => pod.HasEnded && !pod.IsCounted).ToArray()) Count(job, pod);
        foreach (FakePod pod in PodsOf(job).Where(pod => pod is { HasEnded: true, Object.Metadata.DeletionTimestamp: not null }).ToArray()) Remove(pod);
        if (job is { IsFinished: false, IsDeleted: false })
        {
            if (job.Object.Spec.Suspend is true) Suspend(job);
            else if (job.Completed.Count + job.Failed.Count == job.Object.Spec.Completions) Finish(job);
            else Fill(job);
        }

        job.Object.Status.Active = PodsOf(job).Count(pod => pod is { HasEnded: false, Object.Metadata.DeletionTimestamp: null });
        job.Object.Status.Failed = job.FailedPods;
        job.Object.Status.Succeeded = job.Completed.Count;
        job.Object.Status.CompletedIndexes = string.Join(',', job.Completed);
        job.Object.Status.FailedIndexes = string.Join(',', job.Failed);
        _store.Changed();
    }

    /// <summary>Asks a pod to end; a node that is lost does not hear it.</summary>
    public void Delete(FakePod pod, V1PodCondition? disruption = null)
    {
        if (disruption is not null && !pod.HasEnded) (pod.Object.Status.Conditions ??= []).Add(disruption);
        pod.Object.Metadata.DeletionTimestamp ??= FakeStore.Now();
        if (pod.Object.Spec.NodeName is { } node && _store.LostNodes.Contains(node)) return;
        if (pod.Process is null) Remove(pod);
        else _ = FakeKubelet.StopAsync(pod);
    }

    /// <summary>Ends a Job before its pods have: DeadlineExceeded.</summary>
    public void Fail(FakeJob job, string reason, string message)
    {
        if (job.IsFinished) return;
        job.FailedPods += PodsOf(job).Count();
        Conclude(job, "FailureTarget", "Failed", reason, message);
        foreach (FakePod pod in PodsOf(job).ToArray()) Delete(pod);
        Reconcile(job);
    }

    public void Delete(FakeJob job)
    {
        job.IsDeleted = true;
        _store.Jobs.Remove(job.Object.Metadata.Name);
        foreach (V1Secret owned in _store.Secrets.Values.Where(secret => secret.Metadata.OwnerReferences?.Any(owner => owner.Uid == job.Object.Metadata.Uid) is true).ToArray())
            _store.Secrets.Remove(owned.Metadata.Name);
        foreach (FakePod pod in PodsOf(job).ToArray())
        {
            if (pod.HasEnded) Remove(pod);
            else Delete(pod);
        }

        _store.Changed();
    }

    public static V1PodCondition Disruption(string reason, string message) => Condition("DisruptionTarget", "True", reason, message);

    private IEnumerable<FakePod> PodsOf(FakeJob job) => _store.Pods.Values.Where(pod => pod.Job == job);

    private void Remove(FakePod pod) => _store.Pods.Remove(pod.Object.Metadata.Name);

    private void Count(FakeJob job, FakePod pod)
    {
        pod.IsCounted = true;
        if (job.IsFinished || job.IsDeleted || (job.Object.Spec.Suspend is true && pod.Object.Metadata.DeletionTimestamp is not null)) return;
        if (pod.Object.Status.Phase is "Succeeded")
        {
            job.Completed.Add(pod.Index);
            return;
        }

        string? action = job.Object.Spec.PodFailurePolicy?.Rules.FirstOrDefault(rule => Applies(rule, pod))?.Action;
        if (action is "Ignore")
        {
            job.Ignored[pod.Index] = job.Ignored.GetValueOrDefault(pod.Index) + 1;
            return;
        }

        job.FailedPods++;
        int failures = job.Failures[pod.Index] = job.Failures.GetValueOrDefault(pod.Index) + 1;
        if (action is "FailIndex" || failures > job.Object.Spec.BackoffLimitPerIndex)
        {
            job.Failed.Add(pod.Index);
            return;
        }

        job.BackingOff.Add(pod.Index);
        _ = AfterAsync(BackOff, () =>
        {
            job.BackingOff.Remove(pod.Index);
            Reconcile(job);
        });
    }

    private static bool Applies(V1PodFailurePolicyRule rule, FakePod pod)
    {
        int? exitCode = pod.Object.Status.ContainerStatuses?[0].State.Terminated?.ExitCode;
        return rule.OnExitCodes is { } codes
            ? exitCode is { } code && codes.Values.Contains(code) == (codes.OperatorProperty is "In")
            : pod.Object.Status.Conditions?.Any(one => rule.OnPodConditions.Any(wanted => wanted.Type == one.Type && wanted.Status == one.Status)) is true;
    }

    private void Suspend(FakeJob job)
    {
        SetCondition(job, "Suspended", "True", "JobSuspended", "Job suspended");
        job.Failures.Clear();
        job.Ignored.Clear();
        foreach (FakePod pod in PodsOf(job).Where(pod => pod is { HasEnded: false, Object.Metadata.DeletionTimestamp: null }).ToArray()) Delete(pod);
    }

    private void Finish(FakeJob job)
    {
        if (job.Failed.Count > 0) Conclude(job, "FailureTarget", "Failed", "FailedIndexes", "Job has failed indexes");
        else Conclude(job, "SuccessCriteriaMet", "Complete", "CompletionsReached", "Reached expected number of succeeded pods");
    }

    private static void Conclude(FakeJob job, string first, string second, string reason, string message)
    {
        SetCondition(job, first, "True", reason, message);
        SetCondition(job, second, "True", reason, message);
    }

    private void Fill(FakeJob job)
    {
        if (job.Object.Status.Conditions?.Any(one => one is { Type: "Suspended", Status: "True" }) is true)
            SetCondition(job, "Suspended", "False", "JobResumed", "Job resumed");
        if (job.Object.Status.StartTime is null)
        {
            job.Object.Status.StartTime = FakeStore.Now();
            if (job.Object.Spec.ActiveDeadlineSeconds is { } limit)
                _ = AfterAsync(TimeSpan.FromSeconds(limit), () => Fail(job, "DeadlineExceeded", "Job was active longer than specified deadline"));
        }

        foreach (FakePod pod in PodsOf(job).Where(pod => pod is { Process: null, HasEnded: false })) Schedule(pod);
        // With podReplacementPolicy Failed a pod that is still ending keeps its index.
        int[] taken = [.. PodsOf(job).Where(pod => !pod.HasEnded).Select(pod => pod.Index)];
        foreach (int index in Enumerable.Range(0, job.Object.Spec.Completions!.Value)
            .Where(index => !taken.Contains(index) && !job.BackingOff.Contains(index) && !job.Completed.Contains(index) && !job.Failed.Contains(index))
            .Take(job.Object.Spec.Parallelism!.Value - taken.Length))
        {
            if (_store.Pods.Values.Count(pod => !pod.HasEnded) >= Quota)
            {
                _store.Events.Add(FailedCreate(job, index));
                return;
            }

            Create(job, index);
        }
    }

    private void Create(FakeJob job, int index)
    {
        string number = index.ToString(CultureInfo.InvariantCulture);
        string name = string.Create(CultureInfo.InvariantCulture, $"{job.Object.Metadata.Name}-{index}-{++_names:D5}");
        V1PodTemplateSpec template = job.Object.Spec.Template;
        var labels = new Dictionary<string, string>(template.Metadata?.Labels ?? new Dictionary<string, string>())
        {
            [JobLabels.Job] = job.Object.Metadata.Name,
            [JobLabels.Index] = number,
        };
        var annotations = new Dictionary<string, string>
        {
            [JobLabels.Index] = number,
            [JobLabels.Failures] = job.Failures.GetValueOrDefault(index).ToString(CultureInfo.InvariantCulture),
        };
        if (job.Ignored.TryGetValue(index, out int ignored)) annotations[JobLabels.IgnoredFailures] = ignored.ToString(CultureInfo.InvariantCulture);
        V1Pod made = new()
        {
            ApiVersion = "v1",
            Kind = "Pod",
            Metadata = _store.Made(new V1ObjectMeta { Name = name, Labels = labels, Annotations = annotations }, job.Object.Metadata.NamespaceProperty),
            Spec = k8s.KubernetesJson.Deserialize<V1PodSpec>(k8s.KubernetesJson.Serialize(template.Spec)),
            Status = new V1PodStatus { Phase = "Pending" },
        };
        var pod = new FakePod(made, job, index);
        _store.Pods.Add(name, pod);
        Schedule(pod);
    }

    private void Schedule(FakePod pod)
    {
        if (pod.Object.Metadata.DeletionTimestamp is not null) return;
        decimal wanted = Cpus(pod);
        pod.Object.Spec.NodeName ??= Nodes.Keys.FirstOrDefault(node => !_store.LostNodes.Contains(node)
            && Nodes[node] - _store.Pods.Values.Where(other => other.Object.Spec.NodeName == node && !other.HasEnded).Sum(Cpus) >= wanted);
        bool isScheduled = pod.Object.Spec.NodeName is not null;
        pod.Object.Status.Conditions =
        [
            isScheduled ? Condition("PodScheduled", "True", null, null) : Condition("PodScheduled", "False", "Unschedulable",
                $"0/{Nodes.Count} nodes are available: {Nodes.Count} Insufficient cpu."),
        ];
        if (isScheduled) _kubelet.Start(pod);
    }

    private static decimal Cpus(FakePod pod) =>
        pod.Object.Spec.Containers[0].Resources?.Requests?.TryGetValue("cpu", out ResourceQuantity? cpus) is true ? cpus.ToDecimal() : 0;

    private Corev1Event FailedCreate(FakeJob job, int index) => new()
    {
        InvolvedObject = new V1ObjectReference { Kind = "Job", Name = job.Object.Metadata.Name },
        Metadata = _store.Made(new V1ObjectMeta { Name = $"{job.Object.Metadata.Name}.{_store.Events.Count}" }, job.Object.Metadata.NamespaceProperty),
        Type = "Warning",
        Reason = "FailedCreate",
        Message = $"Error creating: pods \"{job.Object.Metadata.Name}-{index}-xgnsq\" is forbidden: exceeded quota: hq, requested: pods=1, used: pods={Quota}, limited: pods={Quota}",
        LastTimestamp = FakeStore.Now(),
    };

    private async Task AfterAsync(TimeSpan time, Action action)
    {
        await Task.Delay(time);
        lock (_store.Gate) action();
    }

    private static void SetCondition(FakeJob job, string type, string status, string reason, string message)
    {
        IList<V1JobCondition> conditions = job.Object.Status.Conditions ??= [];
        if (conditions.FirstOrDefault(one => one.Type == type) is { } old) conditions.Remove(old);
        conditions.Add(new V1JobCondition { Type = type, Status = status, Reason = reason, Message = message, LastTransitionTime = FakeStore.Now() });
    }

    private static V1PodCondition Condition(string type, string status, string? reason, string? message) =>
        new() { Type = type, Status = status, Reason = reason, Message = message, LastTransitionTime = FakeStore.Now() };
}
