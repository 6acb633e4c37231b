using Hpo.Interop.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hpo.Interop.Reporting.Dashboard.Changes;

/// <summary>What the pages may ask to be changed where that was allowed. Each change is logged.</summary>
/// <param name="tables">The storage.</param>
/// <param name="distributions">What a study's parameters are drawn from; null where there is no such study.</param>
/// <param name="log">Writes a line.</param>
/// <param name="time">The clock.</param>
internal sealed class ChangeEndpoints(
    StudyTables tables, Func<string, CancellationToken, Task<IReadOnlyDictionary<string, Distribution>?>> distributions, Action<string> log, TimeProvider time)
{
    private const int LongestNote = 200_000;

    public void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder changes = routes.MapGroup("/api/changes");
        changes.AddEndpointFilter(ChangeGuard.InvokeAsync);
        changes.MapPost("/note", (NoteRequest note, HttpContext context) => note.Body.Length > LongestNote
            ? Task.FromResult(Refused($"A note has at most {LongestNote} letters.", StatusCodes.Status413PayloadTooLarge))
            : ChangeAsync(
                context, $"note on {On(note.Study, note.Trial)} saved, version {note.Version}",
                session => StudyEdits.SaveNote(session, note.Study, note.Trial, note.Version, note.Body)));
        changes.MapPost("/enqueue", async (EnqueueRequest asked, HttpContext context) =>
        {
            IReadOnlyDictionary<string, Distribution>? known = await distributions(asked.Study, context.RequestAborted);
            return await ChangeAsync(
                context, $"trial of '{asked.Study}' enqueued with {asked.Params.Count} parameters",
                session => StudyEdits.Enqueue(session, asked.Study, EnqueuedParams.Of(asked.Params, known ?? new Dictionary<string, Distribution>())));
        });
        changes.MapPost("/fail", (FailRequest asked, HttpContext context) => ChangeAsync(
            context, $"{On(asked.Study, asked.Trial)} failed",
            session => StudyEdits.Fail(session, asked.Study, asked.Trial, TableTimes.Read(session).Now(time))));
        changes.MapPost("/complete", (CompleteRequest asked, HttpContext context) => ChangeAsync(
            context, $"{On(asked.Study, asked.Trial)} completed with {PythonJson.Write(asked.Values.Cast<object?>().ToArray())}",
            session => StudyEdits.Complete(session, asked.Study, asked.Trial, asked.Values, TableTimes.Read(session).Now(time))));
        changes.MapPost("/form", (FormRequest asked, HttpContext context) => ChangeAsync(
            context, $"form of {On(asked.Study, asked.Trial)} filled in: {string.Join(", ", asked.Fields.Keys)}",
            session => StudyEdits.FillIn(session, asked.Study, asked.Trial, asked.Fields)));
        new PreferenceEndpoints(this, time).Map(changes.MapGroup("/preference"));
        changes.MapPost("/create", (CreateRequest asked, HttpContext context) => asked.Directions is { Length: > 0 and <= 16 } && asked.Directions.All(IsDirection)
            ? ChangeAsync(context, $"study '{asked.Name}' created", session => StudyEdits.Create(session, asked.Name, [.. asked.Directions.Select(Direction)]))
            : Task.FromResult(Refused("Each objective is to minimize or to maximize.", StatusCodes.Status400BadRequest)));
        changes.MapPost("/rename", (RenameRequest asked, HttpContext context) => ChangeAsync(
            context, $"study '{asked.Study}' renamed '{asked.Name}'", session => StudyEdits.Rename(session, asked.Study, asked.Name)));
        changes.MapPost("/delete", (DeleteRequest asked, HttpContext context) => asked.Study == asked.Confirmed
            ? ChangeAsync(context, $"study '{asked.Study}' deleted", session => StudyEdits.Delete(session, asked.Study))
            : Task.FromResult(Refused("The name that was typed is another one.", StatusCodes.Status409Conflict)));
    }

    /// <summary>Makes a change, and logs it.</summary>
    /// <param name="context">The request.</param>
    /// <param name="what">What it is, for the log.</param>
    /// <param name="change">Makes it; nothing is changed where it is refused.</param>
    /// <param name="then">What follows once it is made.</param>
    internal async Task<IResult> ChangeAsync(HttpContext context, string what, Action<TableSession> change, Action? then = null)
    {
        try
        {
            await Task.Run(() => tables.Use(
                session =>
                {
                    change(session);
                    return true;
                },
                isForWriting: true));
        }
        catch (EditRefusedException refused)
        {
            return Refused(refused);
        }
        then?.Invoke();
        Log(context, what);
        return Results.NoContent();
    }

    /// <summary>Writes down what was changed, and by whom.</summary>
    internal void Log(HttpContext context, string what) =>
        // Names come from the request: a line stays a line.
        log($"changed by {context.Connection.RemoteIpAddress}: {string.Concat(what.Select(letter => char.IsControl(letter) ? ' ' : letter))}");

    internal static IResult Refused(EditRefusedException refused) =>
        Refused(refused.Message, refused.IsConflict ? StatusCodes.Status409Conflict : StatusCodes.Status404NotFound);

    internal static IResult Refused(string message, int status) => Results.Text(message + "\n", "text/plain; charset=utf-8", statusCode: status);

    internal static string On(string study, int? trial) => trial is null ? $"study '{study}'" : $"trial {trial} of '{study}'";

    private static bool IsDirection(string text) => text is "minimize" or "maximize";

    private static StudyDirection Direction(string text) => text == "maximize" ? StudyDirection.Maximize : StudyDirection.Minimize;
}
