using Hpo.Interop;
using Hpo.Interop.Tables;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>An owned trial that runs, or has ended since the last poll.</summary>
/// <param name="Id">Its key in the database.</param>
/// <param name="Number">Its number in the study.</param>
/// <param name="State">Its state.</param>
/// <param name="Owner">The worker that runs it.</param>
/// <param name="Value">Its first value, or null.</param>
internal sealed record WorkerTrial(long Id, long Number, TrialState State, TrialOwner Owner, double? Value);

/// <summary>The best trial of a study with one objective.</summary>
/// <param name="Number">Its number in the study.</param>
/// <param name="Value">Its value.</param>
/// <param name="Parameters">Its parameters, as text, by name.</param>
internal sealed record BestTrial(long Number, double Value, IReadOnlyDictionary<string, string> Parameters);
