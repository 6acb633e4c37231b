using System.Security.Cryptography;
using System.Text;
using Hpo.Interop.Reporting.Pages;
using Hpo.Interop.Reporting.Snapshots;
using Hpo.Interop.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hpo.Interop.Reporting.Dashboard.Graphs;

/// <summary>Lists the graphs that programs saved with studies, and serves them and what draws them.</summary>
internal sealed class GraphEndpoints(StudyTables tables)
{
    // Its address has its version.
    private const string Plotly = "/plotly-3.7.0.js";

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/graphs", (string study) => AnswerAsync(study, id: null, graphs => Results.Json(
            graphs.Select(graph => new GraphEntry(graph.Key, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(graph.Value))))), SnapshotJson.Format)));
        routes.MapGet("/api/graph", (string study, string id, HttpContext context) => AnswerAsync(study, id, graphs =>
        {
            if (!graphs.TryGetValue(id, out string? figure)) return TextAnswers.NotFound("There is no such graph.");
            StrangersContent.Isolate(context.Response);
            return Results.Text(figure, "application/json");
        }));
        routes.MapGet(Plotly, (HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "private, max-age=31536000, immutable";
            return Results.Stream(PageAsset.Open("Dashboard", "plotly.js"), "text/javascript; charset=utf-8");
        });
    }

    private Task<IResult> AnswerAsync(string study, string? id, Func<SortedDictionary<string, string>, IResult> answer) =>
        TextAnswers.OrNotFoundAsync(tables, session => StudyGraphs.Read(session, study, id), answer);
}
