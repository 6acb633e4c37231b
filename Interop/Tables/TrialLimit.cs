namespace Hpo.Interop.Tables;

/// <summary>A number of trials that a study shall have.</summary>
/// <param name="Total">The number.</param>
/// <param name="States">The states that count.</param>
internal sealed record TrialLimit(long Total, IReadOnlyList<TrialState> States);
