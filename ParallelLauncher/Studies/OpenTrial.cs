namespace Hpo.ParallelLauncher.Studies;

/// <summary>A trial that has not ended.</summary>
/// <param name="Id">Its key in the database.</param>
/// <param name="Number">Its number in the study.</param>
/// <param name="IsRunning">Whether it runs; else it waits.</param>
/// <param name="Owner">Whose it is, or null where its worker sets no marks.</param>
/// <param name="SecondsSinceHeartbeat">How long ago its worker sent a heartbeat; null where it sends none.</param>
internal sealed record OpenTrial(long Id, long Number, bool IsRunning, TrialOwner? Owner, double? SecondsSinceHeartbeat);

/// <summary>A trial whose worker died, and that was failed for it.</summary>
/// <param name="Number">Its number in the study.</param>
/// <param name="Owner">Whose it was, or null where its worker set no marks.</param>
/// <param name="RetriedAs">The number of the trial that tries its parameters again, or null.</param>
internal sealed record LostTrial(long Number, TrialOwner? Owner, long? RetriedAs);

/// <summary>A marked trial that runs or has ended since the last look.</summary>
/// <param name="Id">Its key in the database.</param>
/// <param name="Number">Its number in the study.</param>
/// <param name="State">Optuna's name of its state.</param>
/// <param name="Owner">Whose it is.</param>
/// <param name="Value">Its first value, or null.</param>
internal sealed record WorkerTrial(long Id, long Number, string State, TrialOwner Owner, double? Value);

/// <summary>The best trial of a study with one objective.</summary>
/// <param name="Number">Its number in the study.</param>
/// <param name="Value">Its value.</param>
/// <param name="Parameters">Its parameters, in words, by name.</param>
internal sealed record BestTrial(long Number, double Value, IReadOnlyDictionary<string, string> Parameters);
