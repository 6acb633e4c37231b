using System.Globalization;

namespace Hpo.Interop.Tables;

/// <summary>A number of trials that a study shall have.</summary>
/// <param name="Total">The number.</param>
/// <param name="States">The states that count.</param>
internal sealed record TrialLimit(long Total, IReadOnlyList<TrialState> States)
{
    /// <summary>Whether a study has fewer trials than its limits, as SQL over the parameter @study.</summary>
    /// <param name="limits">The limits, one at least.</param>
    /// <param name="seen">The server counts all trials after this key …</param>
    /// <param name="open">… and these.</param>
    /// <param name="finished">The number of all others, by state.</param>
    public static string Condition(
        IReadOnlyList<TrialLimit> limits, long seen, IEnumerable<long> open, Func<TrialState, int> finished) =>
        string.Join(" AND ", limits.Select(limit => string.Create(CultureInfo.InvariantCulture, $"""
            (SELECT c.taken FROM (SELECT COUNT(*) taken FROM trials WHERE study_id = @study
            AND (trial_id > {seen} OR trial_id IN ({Statements.List([0, .. open])}))
            AND state IN ({string.Join(", ", limit.States.Select(state => $"'{state.Name()}'"))})) c)
            < {limit.Total - limit.States.Sum(finished)}
            """)));
}
