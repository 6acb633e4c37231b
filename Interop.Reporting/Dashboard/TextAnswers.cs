using Hpo.Interop.Tables;
using Microsoft.AspNetCore.Http;

namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>Answers that are a line of text where there is nothing else to answer.</summary>
internal static class TextAnswers
{
    /// <summary>That something is not there.</summary>
    public static IResult NotFound(string message) => Results.Text(message + "\n", statusCode: StatusCodes.Status404NotFound);

    /// <summary>An answer from what is read of a study, or that it is not there.</summary>
    /// <param name="tables">The storage.</param>
    /// <param name="read">Reads it.</param>
    /// <param name="answer">Makes the answer of it.</param>
    public static async Task<IResult> OrNotFoundAsync<T>(StudyTables tables, Func<TableSession, T> read, Func<T, IResult> answer)
    {
        try
        {
            return await Task.Run(() => answer(tables.Use(read)));
        }
        catch (EditRefusedException missing)
        {
            return NotFound(missing.Message);
        }
    }
}
