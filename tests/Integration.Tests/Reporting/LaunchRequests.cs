using System.Text;
using System.Text.Json;

namespace Hpo.Integration.Tests.Reporting;

/// <summary>What pages ask of a dashboard about launches.</summary>
internal static class LaunchRequests
{
    /// <summary>The origin of the dashboard's own pages.</summary>
    public static string Own(RunningDashboard dashboard) => dashboard.Client.BaseAddress!.GetLeftPart(UriPartial.Authority);

    public static Task<HttpResponseMessage> StopAsync(RunningDashboard dashboard, string study, string run, string? origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/changes/launch/stop")
        {
            Content = new StringContent(JsonSerializer.Serialize(new { study, run }), Encoding.UTF8, "application/json"),
        };
        if (origin is not null) request.Headers.Add("Origin", origin);
        return dashboard.Client.SendAsync(request);
    }

    public static Task<HttpResponseMessage> LogAsync(RunningDashboard dashboard, string study, string run, string worker) =>
        dashboard.Client.GetAsync($"/api/launch/log?study={Uri.EscapeDataString(study)}&run={Uri.EscapeDataString(run)}&worker={Uri.EscapeDataString(worker)}");
}
