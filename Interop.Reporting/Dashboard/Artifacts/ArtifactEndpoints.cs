using Hpo.Interop.Reporting.Snapshots;
using Hpo.Interop.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Net.Http.Headers;

namespace Hpo.Interop.Reporting.Dashboard.Artifacts;

/// <summary>Lists artifacts and serves their files. Their names, types and contents are a stranger's: none of them acts in the dashboard's name.</summary>
/// <param name="tables">The storage.</param>
/// <param name="folder">The files; null where only names are shown.</param>
internal sealed class ArtifactEndpoints(StudyTables tables, ArtifactFolder? folder)
{
    // As much text as a page shows.
    private const int LongestPreview = 1 << 16;

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/artifacts", (string study, int? trial) => AnswerAsync(study, trial, found => Results.Json(found.Select(Describe), SnapshotJson.Format)));
        if (folder is null) return;
        routes.MapGet("/api/artifact", (string study, int? trial, string id, HttpContext context) => ServeAsync(study, trial, id, context, Download));
        routes.MapGet("/api/artifact/preview", (string study, int? trial, string id, HttpContext context) => ServeAsync(study, trial, id, context, Preview));
    }

    private ArtifactEntry Describe(StoredArtifact artifact) => new(
        artifact.Id, artifact.FileName, artifact.MediaType, folder?.Find(artifact.Id)?.Length, MediaTypes.Preview(artifact));

    private Task<IResult> AnswerAsync(string study, int? trial, Func<List<StoredArtifact>, IResult> answer) =>
        TextAnswers.OrNotFoundAsync(tables, session => StudyArtifacts.Read(session, study, trial), answer);

    /// <summary>Serves a file only by an id that an attribute of this study or trial holds.</summary>
    private Task<IResult> ServeAsync(string study, int? trial, string id, HttpContext context, Func<StoredArtifact, FileInfo, HttpContext, IResult> serve) =>
        AnswerAsync(study, trial, found =>
        {
            if (found.Find(artifact => artifact.Id == id) is not { } artifact) return TextAnswers.NotFound("There is no such artifact.");
            if (folder!.Find(id) is not { } file) return TextAnswers.NotFound($"The folder given by --artifacts has no file of '{artifact.FileName}'.");
            StrangersContent.Isolate(context.Response);
            return serve(artifact, file, context);
        });

    private static IResult Download(StoredArtifact artifact, FileInfo file, HttpContext context)
    {
        var attachment = new ContentDispositionHeaderValue("attachment");
        attachment.SetHttpFileName(ArtifactName.Of(artifact.FileName) ?? "artifact");
        context.Response.Headers.ContentDisposition = attachment.ToString();
        // Of no type that a browser would show.
        return Results.Stream(Open(file), StoredArtifact.UnknownType, enableRangeProcessing: true);
    }

    private static IResult Preview(StoredArtifact artifact, FileInfo file, HttpContext context) => MediaTypes.Preview(artifact) switch
    {
        "picture" or "audio" or "video" => Results.Stream(Open(file), MediaTypes.Shown(artifact), enableRangeProcessing: true),
        "text" => Results.Stream(body => CopyStartAsync(file, body, context.RequestAborted), "text/plain; charset=utf-8"),
        "table" => Table(artifact, file),
        _ => TextAnswers.NotFound("Artifacts of this type are not shown: download it."),
    };

    private static IResult Table(StoredArtifact artifact, FileInfo file)
    {
        try
        {
            using FileStream content = Open(file);
            return Results.Json(ArtifactTable.Read(content, artifact.FileName), SnapshotJson.Format);
        }
        catch (FormatException exception)
        {
            return Results.Text(exception.Message, statusCode: StatusCodes.Status422UnprocessableEntity);
        }
    }

    private static async Task CopyStartAsync(FileInfo file, Stream body, CancellationToken cancellation)
    {
        await using FileStream content = Open(file);
        byte[] start = new byte[LongestPreview];
        await body.WriteAsync(start.AsMemory(0, await content.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation)), cancellation);
    }

    private static FileStream Open(FileInfo file) =>
        new(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 1 << 16, FileOptions.Asynchronous);
}
