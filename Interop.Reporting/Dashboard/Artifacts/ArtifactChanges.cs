using Hpo.Interop.Reporting.Dashboard.Changes;
using Hpo.Interop.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace Hpo.Interop.Reporting.Dashboard.Artifacts;

/// <summary>Takes in artifacts and removes them, where changes are allowed.</summary>
/// <param name="tables">The storage.</param>
/// <param name="folder">The files.</param>
/// <param name="changes">Makes changes of the storage.</param>
/// <param name="time">The clock.</param>
internal sealed class ArtifactChanges(StudyTables tables, ArtifactFolder folder, ChangeEndpoints changes, TimeProvider time)
{
    // The server's own limit is one of the mean rate, which a beginning of some megabytes keeps for hours.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public void Map(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder group = routes.MapGroup("/api/changes/artifact");
        group.AddEndpointFilter(ChangeGuard.InvokeAsync);
        group.MapPost("/upload", UploadAsync);
        group.MapPost("/remove", (RemoveArtifactRequest asked, HttpContext context) =>
        {
            bool isShared = false;
            return changes.ChangeAsync(
                context, $"artifact {asked.Id} of {ChangeEndpoints.On(asked.Study, asked.Trial)} removed",
                session => isShared = StudyArtifacts.Remove(session, asked.Study, asked.Trial, asked.Id),
                // Last: an attribute without its file would look like a loss.
                () => { if (!isShared) folder.Remove(asked.Id); });
        });
    }

    private async Task<IResult> UploadAsync(string study, int? trial, string name, HttpContext context)
    {
        if (ArtifactName.Of(name) is not { } fileName) return ChangeEndpoints.Refused("The file has no name.", StatusCodes.Status400BadRequest);
        if (context.Request.ContentLength > folder.Largest) return TooLarge();
        // Before a byte is received.
        try
        {
            await Task.Run(() => tables.Use(session =>
            {
                StudyArtifacts.RequireOpen(session, study, trial);
                return true;
            }));
        }
        catch (EditRefusedException refused)
        {
            return ChangeEndpoints.Refused(refused);
        }
        // Of a body without a length the server counts what lies between the chunks, too: there only the file's own bytes count.
        context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = context.Request.ContentLength is null ? null : folder.Largest;
        FileInfo upload = folder.NewUpload();
        try
        {
            return await ReceiveAsync(context.Request.Body, upload, context.RequestAborted)
                ? await AddAsync(context, study, trial, fileName, upload)
                : TooLarge();
        }
        catch (Exception failure) when (failure is UnauthorizedAccessException or (IOException and not BadHttpRequestException) && !context.RequestAborted.IsCancellationRequested)
        {
            return ChangeEndpoints.Refused($"The file cannot be written to {folder.Path}: {failure.Message}", StatusCodes.Status507InsufficientStorage);
        }
        finally
        {
            // Where it became an artifact it is there no more.
            File.Delete(upload.FullName);
        }
    }

    private async Task<IResult> AddAsync(HttpContext context, string study, int? trial, string fileName, FileInfo upload)
    {
        (string type, string? encoding) = MediaTypes.Guess(fileName);
        var artifact = new StoredArtifact(Guid.NewGuid().ToString(), fileName, type, encoding);
        folder.Keep(upload, artifact.Id);
        bool isKept = false;
        try
        {
            return await changes.ChangeAsync(
                context, $"artifact '{fileName}' of {ChangeEndpoints.On(study, trial)} uploaded as {artifact.Id}",
                session => StudyArtifacts.Add(session, study, trial, artifact),
                () => isKept = true);
        }
        finally
        {
            if (!isKept) folder.Remove(artifact.Id);
        }
    }

    /// <summary>Writes what comes to a file.</summary>
    /// <returns>Whether it was not too large.</returns>
    private async Task<bool> ReceiveAsync(Stream body, FileInfo upload, CancellationToken cancellation)
    {
        await using var file = new FileStream(upload.FullName, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 0, FileOptions.Asynchronous);
        byte[] part = new byte[1 << 16];
        long received = 0;
        while (await ReadAsync(body, part, cancellation) is > 0 and int read)
        {
            received += read;
            if (received > folder.Largest) return false;
            await file.WriteAsync(part.AsMemory(0, read), cancellation);
        }
        file.Flush(flushToDisk: true);
        return true;
    }

    /// <exception cref="BadHttpRequestException">Nothing came for a while.</exception>
    private async Task<int> ReadAsync(Stream body, byte[] part, CancellationToken cancellation)
    {
        using var patience = new CancellationTokenSource(Patience, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellation);
        try
        {
            return await body.ReadAsync(part, either.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            throw new BadHttpRequestException($"Nothing of the file came for {Patience.TotalSeconds} seconds: upload it again.", StatusCodes.Status408RequestTimeout);
        }
    }

    private IResult TooLarge() => ChangeEndpoints.Refused(
        $"The file is too large: at most {ByteSize.Text(folder.Largest)} are taken (--max-upload).", StatusCodes.Status413PayloadTooLarge);
}

/// <param name="Study">The study's name.</param>
/// <param name="Trial">The trial's number; null for the study.</param>
/// <param name="Id">The artifact's id.</param>
internal sealed record RemoveArtifactRequest(string Study, int? Trial, string Id);
