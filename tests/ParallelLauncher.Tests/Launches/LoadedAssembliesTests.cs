using Hpo.Interop;
using Hpo.ParallelLauncher.Backends;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>A launch pays only for what it uses.</summary>
public sealed class LoadedAssembliesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public LoadedAssembliesTests() => PreparedStudy.CopyInto(_folder);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void That_there_is_a_backend_for_Kubernetes_does_not_load_the_client_either()
    {
        ClusterBackends.Find("kubernetes")!.Options.Should().NotBeEmpty();

        AppDomain.CurrentDomain.GetAssemblies().Select(assembly => assembly.GetName().Name).Should().NotContain("KubernetesClient");
    }

    [Fact]
    public async Task A_local_launch_does_not_load_the_client_of_Kubernetes()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "What a process has loaded is read from /proc.");
        await using LauncherProcess launcher = LauncherProcess.Start(_folder, null, Programs.DummyWorker, "-n", "1", "--", "wait-for-interrupt");
        await launcher.ReadyAsync(1);

        string maps = await File.ReadAllTextAsync($"/proc/{launcher.Id}/maps", TestContext.Current.CancellationToken);
        launcher.Send(2);

        (await launcher.WaitAsync()).Should().Be(WorkerExitCode.Interrupted);
        maps.Should().Contain("ParallelLauncher.dll").And.NotContain("KubernetesClient.dll").And.NotContain("YamlDotNet.dll");
        File.Exists(Path.Combine(AppContext.BaseDirectory, "KubernetesClient.dll")).Should().BeTrue("it is there for launches that need it");
    }
}
