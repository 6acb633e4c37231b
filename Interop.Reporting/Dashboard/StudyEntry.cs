using Hpo.Interop.Reporting.Snapshots;

namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>A study in the list of a storage.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Objectives">What is sought, one after the other; nothing where people compare the trials.</param>
/// <param name="States">The number of trials in each state that occurs, by Optuna's name in upper case.</param>
/// <param name="Best">The best value of a feasible trial; null where there is none, or with several objectives.</param>
/// <param name="Active">When a trial last started or ended, in milliseconds since 1970 in the clock of the trials; null
/// where none did.</param>
internal sealed record StudyEntry(
    string Name, IReadOnlyList<ObjectiveSnapshot> Objectives, IReadOnlyDictionary<string, long> States, double? Best, double? Active);
