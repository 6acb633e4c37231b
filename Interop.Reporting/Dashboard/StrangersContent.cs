using Microsoft.AspNetCore.Http;

namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>Answers whose content is a stranger's, such as artifacts and logs: it acts in nobody's name.</summary>
internal static class StrangersContent
{
    /// <summary>Lets the content do nothing where a browser opens it, and keeps it from other sites.</summary>
    public static void Isolate(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
