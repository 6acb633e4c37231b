using Hpo.Interop.Tables;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hpo.Interop.Reporting.Dashboard.Changes;

/// <summary>What the pages of preferential studies may ask to be changed.</summary>
/// <param name="changes">Makes and logs changes.</param>
/// <param name="time">The clock.</param>
internal sealed class PreferenceEndpoints(ChangeEndpoints changes, TimeProvider time)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/worst", (WorstRequest asked, HttpContext context) => changes.ChangeAsync(
            context, $"{ChangeEndpoints.On(asked.Study, asked.Worst)} chosen as the worst of {string.Join(", ", asked.Candidates)}",
            session => PreferenceEdits.ChooseWorst(
                session, asked.Study, asked.Candidates, asked.Worst, time.GetLocalNow().DateTime, TableTimes.Read(session).Now(time))));
        routes.MapPost("/skip", (SkipRequest asked, HttpContext context) => changes.ChangeAsync(
            context, $"{ChangeEndpoints.On(asked.Study, asked.Trial)} skipped", session => PreferenceEdits.Skip(session, asked.Study, asked.Trial)));
        routes.MapPost("/take-back", (ChoiceRequest asked, HttpContext context) => changes.ChangeAsync(
            context, $"choice {asked.Choice} of '{asked.Study}' taken back", session => PreferenceEdits.TakeBack(session, asked.Study, asked.Choice)));
        routes.MapPost("/restore", (ChoiceRequest asked, HttpContext context) => changes.ChangeAsync(
            context, $"choice {asked.Choice} of '{asked.Study}' restored", session => PreferenceEdits.Restore(session, asked.Study, asked.Choice)));
        routes.MapPost("/judged-by", (JudgedByRequest asked, HttpContext context) => asked.ArtifactKey is { Length: 0 or > StudyEdits.LongestName }
            ? Task.FromResult(ChangeEndpoints.Refused("An attribute's name has 1 to 512 letters.", StatusCodes.Status400BadRequest))
            : changes.ChangeAsync(
                context, $"trials of '{asked.Study}' judged by {(asked.ArtifactKey is { } key ? $"the artifact that '{key}' names" : "their notes")}",
                session => PreferenceEdits.JudgeBy(session, asked.Study, asked.ArtifactKey)));
    }
}
