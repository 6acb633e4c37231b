using System.Net;
using System.Security.Cryptography;
using System.Text;
using Hpo.Interop.Reporting.Dashboard.Graphs;
using Microsoft.AspNetCore.Http;

namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>
/// Who may read the dashboard. On the loopback addresses every user of this machine, and no page of another site; on any other
/// address those who have the token, from the link that was printed (a cookie keeps it) or as a bearer token.
/// </summary>
/// <param name="address">What the server listens on.</param>
/// <param name="token">The token; null for none, on loopback only.</param>
internal sealed class Access(IPAddress address, string? token)
{
    public const string Parameter = "token";
    private const string Cookie = "hpo-dashboard";

    /// <summary>A token that cannot be guessed.</summary>
    public static string NewToken() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        IHeaderDictionary headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'self' {PlotlyStyles.Sources}; script-src 'self'; connect-src 'self'; img-src 'self' data:; media-src 'self'; " +
            "base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        if (IPAddress.IsLoopback(address) && !IsOwnName(context.Request.Host.Host))
        {
            // Another site's name that was made to lead here.
            await RefuseAsync(context, StatusCodes.Status421MisdirectedRequest, "This server answers to localhost only.");
            return;
        }
        if (token is null || IsToken(Bearer(context)) || IsToken(context.Request.Cookies[Cookie]))
        {
            await next(context);
            return;
        }
        if (!IsToken(context.Request.Query[Parameter]))
        {
            await RefuseAsync(
                context, StatusCodes.Status401Unauthorized,
                "This dashboard asks for its token: open the link that it printed when it was started.");
            return;
        }
        // Out of the address line, where it could be seen and copied.
        context.Response.Cookies.Append(Cookie, token, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/" });
        IEnumerable<string> rest = context.Request.Query.Where(pair => pair.Key != Parameter)
            .Select(pair => $"{Uri.EscapeDataString(pair.Key)}={Uri.EscapeDataString(pair.Value.ToString())}");
        context.Response.Redirect($"{context.Request.Path}{(rest.Any() ? "?" : "")}{string.Join('&', rest)}");
    }

    private static bool IsOwnName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? named) && IPAddress.IsLoopback(named));

    private static string? Bearer(HttpContext context)
    {
        const string Scheme = "Bearer ";
        string given = context.Request.Headers.Authorization.ToString();
        return given.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) ? given[Scheme.Length..].Trim() : null;
    }

    private bool IsToken(string? given) =>
        given is not null && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(given), Encoding.UTF8.GetBytes(token!));

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(message + "\n");
    }
}
