using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Net.ServerSentEvents;
using System.Net.Sockets;
using System.Runtime.CompilerServices;
using System.Text.Json;
using Hpo.Interop.Reporting.Dashboard.Artifacts;
using Hpo.Interop.Reporting.Dashboard.Changes;
using Hpo.Interop.Reporting.Dashboard.Graphs;
using Hpo.Interop.Reporting.Dashboard.Launches;
using Hpo.Interop.Reporting.Snapshots;
using Hpo.Interop.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Net.Http.Headers;
using MinDataRate = Microsoft.AspNetCore.Server.Kestrel.Core.MinDataRate;

namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>Serves the studies of a storage: their list, and each one's page, which follows the study.</summary>
internal sealed class DashboardServer : IAsyncDisposable
{
    private const int LargestRequest = 1 << 20;

    private readonly WebApplication _application;
    private readonly StudyTables _tables;
    private readonly FindingFeeds _findings;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, StudyFeed> _feeds = new(StringComparer.Ordinal);

    private DashboardServer(WebApplication application, StudyTables tables, FindingFeeds findings, TimeProvider time)
    {
        _application = application;
        _tables = tables;
        _findings = findings;
        _time = time;
    }

    /// <summary>Where it listens.</summary>
    public Uri Address => new(_application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Starts listening.</summary>
    /// <param name="tables">The storage.</param>
    /// <param name="endpoint">Where to listen; port 0 for any free one.</param>
    /// <param name="token">What a reader has to know, or null.</param>
    /// <param name="findings">What Optuna computes of the studies.</param>
    /// <param name="artifacts">The files of artifacts; null for none.</param>
    /// <param name="folder">The launcher's folder.</param>
    /// <param name="allowChanges">Whether its pages may change studies.</param>
    /// <param name="report">Is called with changes, and with errors that are not the database's.</param>
    /// <param name="time">The clock.</param>
    /// <exception cref="IOException">The port is taken.</exception>
    /// <exception cref="SocketException">The address is none of this machine, or the port may not be used.</exception>
    public static async Task<DashboardServer> StartAsync(
        StudyTables tables, IPEndPoint endpoint, string? token, StudyFindings findings, ArtifactFolder? artifacts, LaunchFolder folder, bool allowChanges,
        Action<string> report, TimeProvider time)
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        // What is missing in a request makes it a wrong one.
        builder.Services.ConfigureHttpJsonOptions(json =>
            (json.SerializerOptions.RespectNullableAnnotations, json.SerializerOptions.RespectRequiredConstructorParameters) = (true, true));
        // An answer says what is wrong with it.
        builder.Services.Configure<RouteHandlerOptions>(routes => routes.ThrowOnBadRequest = true);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = LargestRequest;
            // Whoever sends or reads too slowly is let go; of a request's body that is below the default of 240 bytes a second.
            kestrel.Limits.RequestHeadersTimeout = TimeSpan.FromSeconds(10);
            kestrel.Limits.MinResponseDataRate = new MinDataRate(bytesPerSecond: 1000, gracePeriod: TimeSpan.FromSeconds(5));
            kestrel.Listen(endpoint);
        });
        WebApplication application = builder.Build();
        var server = new DashboardServer(application, tables, new FindingFeeds(findings, report, time), time);
        application.Use(next => context => new Access(endpoint.Address, token).InvokeAsync(context, next));
        application.Use(next => context => AnswerFaultAsync(context, next, report));
        server.Map();
        new TrialsEndpoint(server.FeedOf).Map(application);
        new ArtifactEndpoints(tables, artifacts).Map(application);
        new GraphEndpoints(tables).Map(application);
        var stopped = new StoppedRuns();
        var launches = new LaunchEndpoints(new StudyLaunches(folder, tables.Url, stopped), stopped, server.FeedOf);
        launches.Map(application);
        application.MapGet("/api/rights", () => Results.Json(new Rights(allowChanges, artifacts?.Largest), SnapshotJson.Format));
        if (allowChanges)
        {
            var changes = new ChangeEndpoints(tables, (name, cancellation) => server.FeedOf(name).DistributionsAsync(cancellation), report, time);
            changes.Map(application);
            launches.MapChanges(application, changes.Log);
            if (artifacts is not null) new ArtifactChanges(tables, artifacts, changes, time).Map(application);
        }
        await application.StartAsync();
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        // A page that listens would keep the server from its end.
        using var limit = new CancellationTokenSource(TimeSpan.FromMilliseconds(500), _time);
        await _application.StopAsync(limit.Token);
        await _application.DisposeAsync();
        foreach (StudyFeed feed in _feeds.Values) feed.Dispose();
        _tables.Dispose();
    }

    private void Map()
    {
        _application.MapGet("/", () => Html(DashboardPage.List));
        _application.MapGet("/study", (string? name) => name is null ? Results.Redirect("/") : Html(DashboardPage.Study));
        _application.MapGet("/compare", () => Html(DashboardPage.Comparison));
        _application.MapGet("/page.css", () => Results.Text(DashboardPage.Style, "text/css"));
        _application.MapGet("/page.js", () => Results.Text(DashboardPage.Script, "text/javascript"));
        _application.MapGet("/api/studies", async (CancellationToken cancellation) =>
            Results.Json(new StudyListing(_tables.Url.Masked, await Task.Run(() => StudyList.Read(_tables), cancellation)), SnapshotJson.Format));
        _application.MapGet("/api/study", async (string name, HttpContext context, CancellationToken cancellation) =>
            Json(await FeedOf(name).SnapshotAsync(cancellation), context));
        _application.MapGet("/api/shown", async (string name, long? since, HttpContext context, CancellationToken cancellation) =>
            Json(await FeedOf(name).ShownAsync(since, cancellation), context));
        _application.MapGet("/api/trial", async (string name, int number, HttpContext context, CancellationToken cancellation) =>
            Json(await FeedOf(name).TrialAsync(number, cancellation), context));
        _application.MapGet("/api/versions", (string name, CancellationToken cancellation) =>
            Results.ServerSentEvents(EventsAsync(name, cancellation)));
    }

    private async IAsyncEnumerable<SseItem<string>> EventsAsync(string name, [EnumeratorCancellation] CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _application.Lifetime.ApplicationStopping);
        await foreach (FeedNews news in FeedOf(name).NewsAsync(stop.Token))
        {
            yield return news.Problem is { } problem
                ? new SseItem<string>(problem, "away")
                : new SseItem<string>(news.Version.ToString(CultureInfo.InvariantCulture), "version");
        }
        yield return new SseItem<string>("", "gone");
    }

    private StudyFeed FeedOf(string name) => _feeds.GetOrAdd(name, _ => new StudyFeed(_tables, name, _findings, _time));

    private static IResult Json(byte[]? gzipped, HttpContext context)
    {
        if (gzipped is null) return Results.NotFound();
        context.Response.Headers.Vary = HeaderNames.AcceptEncoding;
        if (!AcceptedEncoding.IsGzip(context.Request.Headers.AcceptEncoding))
            return Results.Stream(new GZipStream(new MemoryStream(gzipped), CompressionMode.Decompress), "application/json");
        context.Response.Headers.ContentEncoding = "gzip";
        return Results.Bytes(gzipped, "application/json");
    }

    private static IResult Html(string page) => Results.Text(page, "text/html; charset=utf-8");

    private static async Task AnswerFaultAsync(HttpContext context, RequestDelegate next, Action<string> report)
    {
        try
        {
            await next(context);
        }
        catch (OperationCanceledException)
        {
            // The reader has gone, or the server ends.
        }
        catch (BadHttpRequestException refused) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, refused.StatusCode, $"{refused.Message} {(refused.InnerException as JsonException)?.Message}".TrimEnd());
        }
        catch (TableException failure) when (!context.Response.HasStarted)
        {
            await AnswerAsync(context, StatusCodes.Status503ServiceUnavailable, failure.Message);
        }
        catch (Exception fault)
        {
            // It would be lost otherwise: the server has no log.
            report($"error: {context.Request.Path}{context.Request.QueryString} failed: {fault}");
            if (context.Response.HasStarted) throw;
            await AnswerAsync(context, StatusCodes.Status500InternalServerError, $"The dashboard failed, and has written why: {fault.Message}");
        }
    }

    private static Task AnswerAsync(HttpContext context, int status, string text)
    {
        context.Response.Clear();
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return context.Response.WriteAsync(text);
    }
}
