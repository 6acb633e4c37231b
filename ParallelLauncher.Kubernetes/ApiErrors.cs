using System.Net;
using System.Security.Authentication;
using System.Text.Json;
using k8s;
using k8s.Autorest;
using k8s.Exceptions;
using k8s.Models;

namespace Hpo.ParallelLauncher.Kubernetes;

/// <summary>The one list of what a call of the server can fail with, and what each means.</summary>
internal static class ApiErrors
{
    /// <summary>What an exception of the client means; null where it is none of the server's.</summary>
    public static ApiException? Of(Exception error, string server) => error switch
    {
        ApiException known => known,
        HttpOperationException { Response: { } response } => OfAnswer(response.StatusCode, StatusOf(response), server),
        HttpRequestException { InnerException: AuthenticationException inner } => new ApiException(ApiFault.Environment,
            $"The Kubernetes server {server} cannot be trusted: {inner.Message} Does the kubeconfig hold the cluster's certificate authority?"),
        HttpRequestException or IOException => Away(server, error.Message),
        // The caller's own cancellation never comes here.
        OperationCanceledException => Away(server, "no answer in time"),
        KubeConfigException or KubernetesClientException => new ApiException(ApiFault.Environment, $"No login for the Kubernetes server {server}: {error.Message}"),
        JsonException => new ApiException(ApiFault.Environment, $"{server} does not answer as a Kubernetes server: {error.Message}"),
        _ => null,
    };

    public static bool IsConflict(HttpOperationException error) => error.Response?.StatusCode is HttpStatusCode.Conflict;

    public static bool IsMissing(HttpOperationException error) => error.Response?.StatusCode is HttpStatusCode.NotFound;

    private static ApiException OfAnswer(HttpStatusCode code, V1Status status, string server)
    {
        string words = status.Message is { Length: > 0 } message ? message : code.ToString();
        return code switch
        {
            HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout or >= HttpStatusCode.InternalServerError => Away(server, words),
            HttpStatusCode.Unauthorized => new(ApiFault.Environment,
                $"The Kubernetes server {server} does not accept the login: {words}. \"kubectl get pods\" shows whether it has expired."),
            HttpStatusCode.Forbidden when words.Contains(" cannot ", StringComparison.Ordinal) => new(ApiFault.Environment,
                $"A right is missing: {words}. docs/kubernetes-role.yaml has those that the launcher needs."),
            HttpStatusCode.Forbidden => new(ApiFault.Environment, $"The cluster refuses the run: {words}"),
            HttpStatusCode.NotFound when status.Details?.Kind is "namespaces" => new(ApiFault.Usage,
                $"{words}: --namespace names one that is there; \"kubectl create namespace {status.Details.Name}\" makes it."),
            HttpStatusCode.UnprocessableEntity or HttpStatusCode.BadRequest => new(ApiFault.Usage, Refusal(words, status)),
            _ => new(ApiFault.Environment, $"The Kubernetes server {server} refuses: {words}"),
        };
    }

    private static ApiException Away(string server, string words) =>
        new(ApiFault.Away, $"The Kubernetes server {server} does not answer: {words}");

    // The server's words hold the fields already; which option sets them only we know.
    private static string Refusal(string words, V1Status status)
    {
        string[] fields = [.. (status.Details?.Causes ?? []).Select(cause => cause.Field ?? ""), words];
        string[] options = [.. Options.Where(option => fields.Any(field => field.Contains(option.Field, StringComparison.Ordinal))).Select(option => option.Name)];
        return $"The Kubernetes server refuses the run: {words} (see {string.Join(", ", options.DefaultIfEmpty("--backend-arg"))})";
    }

    private static readonly (string Field, string Name)[] Options =
    [
        ("cpu", "--cpus"), ("memory", "--memory"), ("nvidia.com/gpu", "--gpus-per-worker"), (".image", "--image"), ("parallelism", "--max-running"),
        ("serviceAccountName", "--service-account"), ("nodeSelector", "--node-selector"), ("tolerations", "--toleration"),
        ("ttlSecondsAfterFinished", "--ttl"),
    ];

    private static V1Status StatusOf(HttpResponseMessageWrapper response)
    {
        try
        {
            if (KubernetesJson.Deserialize<V1Status>(response.Content) is { } status) return status;
        }
        catch (JsonException)
        {
            // A proxy before the server answers in its own way.
        }

        string text = string.IsNullOrWhiteSpace(response.Content) ? response.ReasonPhrase ?? "" : response.Content.Trim();
        return new V1Status { Message = text.Length > 300 ? text[..300] : text };
    }
}
