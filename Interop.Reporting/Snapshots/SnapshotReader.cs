namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>Takes the snapshot of a study, with its importances.</summary>
/// <param name="importances">Finds importances.</param>
/// <param name="time">The clock.</param>
internal sealed class SnapshotReader(ImportanceFinder importances, TimeProvider time)
{
    /// <param name="study">The study.</param>
    /// <param name="storage">Its storage's URL, without the password.</param>
    public StudySnapshot Read(StudyContents study, string storage) => SnapshotBuilder.Build(
        new StudyFacts(study.Name, storage, study.Directions, study.UserAttrs, study.SystemAttrs, time.GetLocalNow().DateTime) { TrialNotes = study.TrialNotes },
        study.Trials,
        importances.Find(study.Directions, study.Trials));
}
