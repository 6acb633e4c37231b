using Hpo.Interop.DataFrames;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>Serves all trials of a study as a Parquet file, with the columns of Optuna's <c>trials_dataframe</c>.</summary>
/// <param name="feed">A study's feed.</param>
internal sealed class TrialsEndpoint(Func<string, StudyFeed> feed)
{
    public void Map(IEndpointRouteBuilder routes) => routes.MapGet("/api/trials.parquet", AnswerAsync);

    private async Task<IResult> AnswerAsync(string study, CancellationToken cancellation)
    {
        if (await feed(study).TableAsync(cancellation) is not { } trials) return TextAnswers.NotFound($"There is no study '{study}'.");
        if (trials.RowCount == 0) return TextAnswers.NotFound("The study has no trials yet, and a Parquet file needs at least one.");
        var file = new MemoryStream();
        await trials.WriteParquetAsync(file, cancellation);
        return Results.Bytes(file.ToArray(), "application/vnd.apache.parquet");
    }
}
