using System.Globalization;
using k8s.Models;

namespace Hpo.ParallelLauncher.Kubernetes.Tests.Fake;

/// <summary>The objects of a fake cluster. All that changes them holds its lock, and calls <see cref="Changed"/>.</summary>
internal sealed class FakeStore
{
    private TaskCompletionSource _change = New();
    private int _uids;

    public Lock Gate { get; } = new();
    public Dictionary<string, FakeJob> Jobs { get; } = [];
    public Dictionary<string, FakePod> Pods { get; } = [];
    public Dictionary<string, V1Secret> Secrets { get; } = [];
    public List<Corev1Event> Events { get; } = [];

    /// <summary>The nodes that are out of contact.</summary>
    public HashSet<string> LostNodes { get; } = [];

    /// <summary>Ends with the next change.</summary>
    public Task NextChange => Volatile.Read(ref _change).Task;

    public void Changed() => Interlocked.Exchange(ref _change, New()).SetResult();

    /// <summary>What a server adds to an object that it makes.</summary>
    public V1ObjectMeta Made(V1ObjectMeta metadata, string space)
    {
        metadata.NamespaceProperty = space;
        metadata.Uid = string.Create(CultureInfo.InvariantCulture, $"00000000-0000-0000-0000-{Interlocked.Increment(ref _uids):D12}");
        metadata.CreationTimestamp = Now();
        return metadata;
    }

    /// <summary>A server's times have whole seconds.</summary>
    public static DateTime Now() => new(DateTime.UtcNow.Ticks / TimeSpan.TicksPerSecond * TimeSpan.TicksPerSecond, DateTimeKind.Utc);

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A Job, and what its controller counts.</summary>
internal sealed record FakeJob(V1Job Object)
{
    public V1Job Object { get; set; } = Object;
    public SortedSet<int> Completed { get; } = [];
    public SortedSet<int> Failed { get; } = [];
    public Dictionary<int, int> Failures { get; } = [];
    public Dictionary<int, int> Ignored { get; } = [];
    public HashSet<int> BackingOff { get; } = [];
    public int FailedPods { get; set; }
    public bool IsDeleted { get; set; }

    public bool IsFinished => Object.Status.Conditions?.Any(one => one is { Type: "Complete" or "Failed", Status: "True" }) is true;
}

/// <summary>A pod, and the process that stands for its container.</summary>
internal sealed record FakePod(V1Pod Object, FakeJob Job, int Index)
{
    public System.Diagnostics.Process? Process { get; set; }
    public string? LogFile { get; set; }
    public bool IsCounted { get; set; }
    public bool HasEnded => Object.Status.Phase is "Succeeded" or "Failed";
}
