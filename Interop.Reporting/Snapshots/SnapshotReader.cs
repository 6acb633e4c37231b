namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>Takes the snapshot of a study, with what Optuna computes of it.</summary>
/// <param name="findings">What is computed.</param>
/// <param name="time">The clock.</param>
internal sealed class SnapshotReader(StudyFindings findings, TimeProvider time)
{
    /// <param name="study">The study.</param>
    /// <param name="storage">Its storage's URL, without the password.</param>
    public StudySnapshot Read(StudyContents study, string storage)
    {
        var facts = new StudyFacts(study.Name, storage, study.Directions, study.UserAttrs, study.SystemAttrs, time.GetLocalNow().DateTime)
        {
            TrialNotes = study.TrialNotes,
            Preferential = study.Preferential,
        };
        StudySnapshot snapshot = SnapshotBuilder.Build(
            facts, study.Trials, study.Preferential is null ? findings.Importances.Find(study.Directions, study.Trials) : ImportanceSnapshot.WithoutValues);
        return snapshot with { Terminator = study.Preferential is null ? findings.Improvements.Find(study.Directions, study.Trials) : null };
    }
}
