using Microsoft.AspNetCore.Http;

namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>Answers that are a line of text.</summary>
internal static class TextAnswers
{
    /// <summary>That something is not there.</summary>
    public static IResult NotFound(string message) => Results.Text(message + "\n", statusCode: StatusCodes.Status404NotFound);
}
