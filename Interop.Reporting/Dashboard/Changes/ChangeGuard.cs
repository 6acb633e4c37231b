using Microsoft.AspNetCore.Http;

namespace Hpo.Interop.Reporting.Dashboard.Changes;

/// <summary>
/// Lets only the dashboard's own pages ask for changes: a browser names the page's origin with every POST, and no page of another site
/// can name ours. Whoever may read at all is <see cref="Access"/>'s matter.
/// </summary>
internal static class ChangeGuard
{
    public static async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        HttpRequest request = context.HttpContext.Request;
        return IsOwn(request) ? await next(context) : Results.Text("Only the dashboard's own pages change studies.\n", statusCode: StatusCodes.Status403Forbidden);
    }

    // A proxy with TLS leaves the host as it is, and changes the scheme.
    private static bool IsOwn(HttpRequest request) =>
        Uri.TryCreate(request.Headers.Origin.ToString(), UriKind.Absolute, out Uri? origin)
        && origin.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)
        && request.Headers["Sec-Fetch-Site"].ToString() is "" or "same-origin";
}
