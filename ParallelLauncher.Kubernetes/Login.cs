using k8s;
using k8s.Exceptions;
using k8s.KubeConfigModels;
using YamlDotNet.Core;

namespace Hpo.ParallelLauncher.Kubernetes;

/// <summary>Finds the server and the login.</summary>
internal static class Login
{
    // A server that takes longer to answer a small question is away; the run goes on meanwhile.
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(20);

    /// <exception cref="ApiException">There is none, or it cannot be used.</exception>
    public static KubernetesClientConfiguration Find(ClusterAddress address)
    {
        try
        {
            KubernetesClientConfiguration found = Read(address);
            found.HttpClientTimeout = Timeout;
            return found;
        }
        catch (Exception error) when (error is KubeConfigException or YamlException or IOException or UnauthorizedAccessException
            or FormatException or System.Security.Cryptography.CryptographicException)
        {
            throw new ApiException(ApiFault.Environment,
                $"The kubeconfig {string.Join(", ", address.Files)} cannot be used: {error.Message.TrimEnd('.')}. "
                + "\"kubectl get pods\" shows whether it works there; --kubeconfig and --context name another one.");
        }
    }

    private static KubernetesClientConfiguration Read(ClusterAddress address) => address.Files switch
    {
        [] when ClusterAddress.IsInCluster => KubernetesClientConfiguration.InClusterConfig(),
        [] => throw new ApiException(ApiFault.Environment,
            "There is no kubeconfig: neither --kubeconfig, nor KUBECONFIG, nor ~/.kube/config names a Kubernetes server. "
            + "Whoever runs the cluster gives you one."),
        [var file] => KubernetesClientConfiguration.BuildConfigFromConfigFile(file, address.Context),
        // The client merges several files only for their own current context.
        _ when address.Context is null => KubernetesClientConfiguration.BuildDefaultConfig(),
        var files => KubernetesClientConfiguration.BuildConfigFromConfigFile(
            files.FirstOrDefault(file => Has(file, address.Context)) ?? files[0], address.Context),
    };

    private static bool Has(string file, string context) =>
        KubernetesClientConfiguration.LoadKubeConfig(file).Contexts is { } contexts
        && contexts.Any((Context one) => one.Name == context);
}
