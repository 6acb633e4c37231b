using Hpo.Interop.DataFrames;
using Hpo.Interop.Reporting.Snapshots;
using Hpo.Interop.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>Serves all trials of a study as a Parquet file, with the columns of Optuna's <c>trials_dataframe</c>.</summary>
/// <param name="tables">The storage.</param>
internal sealed class TrialsEndpoint(StudyTables tables)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/trials.parquet", AnswerAsync);

    private async Task<IResult> AnswerAsync(string study, CancellationToken cancellation)
    {
        var followed = new FollowedStudy(tables, study);
        if (await Task.Run(followed.Refresh, cancellation) is null) return NotFound($"There is no study '{study}'.");
        if (followed.Trials.Count == 0) return NotFound("The study has no trials yet, and a Parquet file needs at least one.");
        var file = new MemoryStream();
        await TrialsTable.From(followed.Trials, followed.Directions.Count).WriteParquetAsync(file, cancellation);
        return Results.Bytes(file.ToArray(), "application/vnd.apache.parquet");
    }

    private static IResult NotFound(string message) => Results.Text(message + "\n", statusCode: StatusCodes.Status404NotFound);
}
