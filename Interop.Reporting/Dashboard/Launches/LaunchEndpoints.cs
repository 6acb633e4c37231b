using Hpo.Interop.Reporting.Dashboard.Changes;
using Hpo.Interop.Reporting.Snapshots;
using Hpo.Interop.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hpo.Interop.Reporting.Dashboard.Launches;

/// <summary>Tells of launches, shows the ends of their workers' logs, and stops launches where that is allowed.</summary>
/// <param name="launches">The launches.</param>
/// <param name="stopped">Stops them.</param>
/// <param name="feed">A study's feed.</param>
internal sealed class LaunchEndpoints(StudyLaunches launches, StoppedRuns stopped, Func<string, StudyFeed> feed)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/launches", async (string study, CancellationToken cancellation) =>
            await launches.ReadAsync(feed(study), study, cancellation) is { } views ? Results.Json(views, SnapshotJson.Format) : TextAnswers.NotFound("There is no such study."));
        routes.MapGet("/api/launch/log", async (string study, string run, int worker, HttpContext context, CancellationToken cancellation) =>
        {
            if (await FindAsync(study, run, cancellation) is not { } found || await Task.Run(() => WorkerLogs.Tail(found.Paths, worker), cancellation) is not { } text)
                return TextAnswers.NotFound("There is no such log.");
            StrangersContent.Isolate(context.Response);
            return Results.Text(text, "text/plain; charset=utf-8");
        });
        routes.MapGet("/api/launch/owner", async (string study, int trial, CancellationToken cancellation) =>
            await feed(study).OwnerOfAsync(trial, cancellation) is { } owner
                ? Results.Json(new { owner.Run, owner.Worker, HasLog = await HasLogAsync(study, owner, cancellation) }, SnapshotJson.Format)
                : TextAnswers.NotFound("No worker of a launch is known for it."));
    }

    /// <summary>Lets pages stop launches.</summary>
    /// <param name="routes">The server's routes.</param>
    /// <param name="log">Writes down what was changed.</param>
    public void MapChanges(IEndpointRouteBuilder routes, Action<HttpContext, string> log)
    {
        RouteGroupBuilder changes = routes.MapGroup("/api/changes/launch");
        changes.AddEndpointFilter(ChangeGuard.InvokeAsync);
        changes.MapPost("/stop", async (StopRequest asked, HttpContext context) =>
        {
            if (await FindAsync(asked.Study, asked.Run, context.RequestAborted) is not { } found)
                return ChangeEndpoints.Refused("The study has no such run here.", StatusCodes.Status404NotFound);
            if (stopped.Stop(found) is { } reason) return ChangeEndpoints.Refused(reason, StatusCodes.Status409Conflict);
            log(context, $"run {found.Paths.Id} of study '{asked.Study}' stopped: SIGTERM to its launcher, process {found.Run.Launcher!.Pid}");
            return Results.NoContent();
        });
    }

    // A run by its name among those that were listed: no part of a path comes from a request.
    private Task<FoundRun?> FindAsync(string study, string run, CancellationToken cancellation) =>
        launches.FindAsync(feed(study), study, run, cancellation);

    private async Task<bool> HasLogAsync(string study, TrialOwner owner, CancellationToken cancellation) =>
        await FindAsync(study, owner.Run, cancellation) is { } found && WorkerLogs.Of(found.Paths).Contains(owner.Worker);
}

/// <param name="Study">The study's name.</param>
/// <param name="Run">The run's name.</param>
internal sealed record StopRequest(string Study, string Run);
