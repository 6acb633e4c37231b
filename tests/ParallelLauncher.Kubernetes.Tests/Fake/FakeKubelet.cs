using System.Diagnostics;
using Hpo.Interop.Launches;
using k8s.Models;

namespace Hpo.ParallelLauncher.Kubernetes.Tests.Fake;

/// <summary>Runs the container of a pod as a process of this machine, with SIGTERM and SIGKILL as a kubelet sends them.</summary>
/// <param name="store">The cluster's objects.</param>
/// <param name="folder">Where volumes and logs are.</param>
/// <param name="programs">What stands for the programs of the image.</param>
/// <param name="onEnd">Is called, with the lock held, when a pod has ended.</param>
internal sealed class FakeKubelet(FakeStore store, string folder, IReadOnlyDictionary<string, string> programs, Action<FakePod> onEnd)
{
    /// <summary>Starts a pod that has a node, as soon as its Secret is there.</summary>
    public void Start(FakePod pod)
    {
        V1PodSpec spec = pod.Object.Spec;
        V1Container container = spec.Containers[0];
        if (container.Image.StartsWith("missing/", StringComparison.Ordinal))
        {
            pod.Object.Status.ContainerStatuses = [Status(container, new V1ContainerState
            {
                Waiting = new V1ContainerStateWaiting { Reason = "ImagePullBackOff", Message = $"Back-off pulling image \"{container.Image}\"" },
            })];
            return;
        }

        if (spec.Volumes?.Any(volume => volume.Secret is { } secret && !store.Secrets.ContainsKey(secret.SecretName)) is true) return;
        string home = Directory.CreateDirectory(Path.Combine(folder, pod.Object.Metadata.Name)).FullName;
        foreach (V1VolumeMount mount in container.VolumeMounts ?? []) Mount(mount, spec.Volumes!.Single(volume => volume.Name == mount.Name), home);
        pod.LogFile = Path.Combine(home, "log");
        string[] command = [.. container.Command.Concat(container.Args ?? []).Select(word => Inside(word, container, home))];
        if (programs.TryGetValue(command[0], out string? program)) command[0] = program;
        // The shell writes the log, and setsid makes a session that can be ended as a whole, as a container is.
        var start = new ProcessStartInfo("setsid", ["sh", "-c", "exec \"$@\" >\"$0\" 2>&1", pod.LogFile, .. command]) { WorkingDirectory = home };
        foreach (V1EnvVar variable in container.Env ?? []) start.Environment[variable.Name] = variable.Value ?? FromField(pod, variable);
        start.Environment["JOB_COMPLETION_INDEX"] = pod.Object.Metadata.Annotations[JobLabels.Index];
        Process process = Process.Start(start)!;
        pod.Process = process;
        pod.Object.Status.Phase = "Running";
        pod.Object.Status.ContainerStatuses = [Status(container, new V1ContainerState { Running = new V1ContainerStateRunning { StartedAt = FakeStore.Now() } })];
        _ = AwaitEndAsync(pod, process);
    }

    /// <summary>SIGTERM, and SIGKILL after the pod's grace.</summary>
    public static async Task StopAsync(FakePod pod)
    {
        if (pod.Process is not { HasExited: false } process) return;
        _ = Posix.Kill(process.Id, Posix.Terminate);
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(pod.Object.Spec.TerminationGracePeriodSeconds ?? 30));
        }
        catch (TimeoutException)
        {
            Kill(process);
        }
    }

    /// <summary>Ends the process of a pod that is of no interest any more.</summary>
    public static void Abandon(FakePod pod)
    {
        if (pod.Process is { HasExited: false } process) Kill(process);
    }

    // One that has just been started may have no session yet.
    private static void Kill(Process process)
    {
        _ = Posix.Kill(-process.Id, Posix.KillNow);
        _ = Posix.Kill(process.Id, Posix.KillNow);
    }

    private async Task AwaitEndAsync(FakePod pod, Process process)
    {
        await process.WaitForExitAsync();
        _ = Posix.Kill(-process.Id, Posix.KillNow);
        lock (store.Gate)
        {
            // A node that is lost does not tell.
            if (!store.LostNodes.Contains(pod.Object.Spec.NodeName)) End(pod, process.ExitCode);
            store.Changed();
        }
    }

    private void End(FakePod pod, int exitCode)
    {
        pod.Object.Status.Phase = exitCode == 0 ? "Succeeded" : "Failed";
        string[] lines = File.Exists(pod.LogFile) ? File.ReadAllLines(pod.LogFile) : [];
        pod.Object.Status.ContainerStatuses = [Status(pod.Object.Spec.Containers[0], new V1ContainerState
        {
            Terminated = new V1ContainerStateTerminated
            {
                ExitCode = exitCode,
                Reason = exitCode == 0 ? "Completed" : "Error",
                Message = exitCode == 0 || lines.Length == 0 ? null : string.Join('\n', lines.TakeLast(80)),
                FinishedAt = FakeStore.Now(),
            },
        })];
        onEnd(pod);
    }

    private void Mount(V1VolumeMount mount, V1Volume volume, string home)
    {
        string target = Directory.CreateDirectory(home + mount.MountPath).FullName;
        if (volume.Secret is not { } source) return;
        foreach ((string name, string text) in store.Secrets[source.SecretName].StringData)
        {
            string file = Path.Combine(target, name);
            File.WriteAllText(file, text);
            if (!OperatingSystem.IsWindows()) File.SetUnixFileMode(file, (UnixFileMode)source.DefaultMode!.Value);
        }
    }

    // A path of a mounted volume, as it is on this machine.
    private static string Inside(string word, V1Container container, string home) =>
        container.VolumeMounts?.Any(mount => word.StartsWith(mount.MountPath + "/", StringComparison.Ordinal)) is true ? home + word : word;

    // As the downward API has it: an annotation that is missing is empty.
    private static string FromField(FakePod pod, V1EnvVar variable)
    {
        string path = variable.ValueFrom.FieldRef.FieldPath;
        string annotation = path["metadata.annotations['".Length..^"']".Length];
        return pod.Object.Metadata.Annotations.TryGetValue(annotation, out string? value) ? value : "";
    }

    private static V1ContainerStatus Status(V1Container container, V1ContainerState state) => new()
    {
        Name = container.Name,
        Image = container.Image,
        ImageID = "x",
        Ready = state.Running is not null,
        RestartCount = 0,
        State = state,
    };
}
