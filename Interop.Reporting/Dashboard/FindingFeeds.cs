using Hpo.Interop.Reporting.Snapshots;

namespace Hpo.Interop.Reporting.Dashboard;

/// <summary>What Optuna computes of the dashboard's studies, each in the background by itself.</summary>
/// <param name="findings">What is computed.</param>
/// <param name="report">Is called with unexpected errors.</param>
/// <param name="time">The clock.</param>
internal sealed class FindingFeeds(StudyFindings findings, Action<string> report, TimeProvider time)
{
    private readonly ComputedFeed<ImportanceSnapshot> _importances = new(findings.Importances.Find, ImportanceSnapshot.None, report, time);
    private readonly ComputedFeed<TerminatorSnapshot?> _improvements = new(findings.Improvements.Find, findings.Improvements.Without, report, time);

    /// <summary>How much each parameter matters.</summary>
    public ImportanceSnapshot Importances(FollowedStudy study) => study.IsPreferential ? ImportanceSnapshot.WithoutValues : _importances.Of(study);

    /// <summary>What could still be gained; null where that was not asked for.</summary>
    public TerminatorSnapshot? Improvements(FollowedStudy study) => study.IsPreferential ? null : _improvements.Of(study);

    /// <summary>Whether there are other results (a preferential study has none) than at the last call; starts to compute some where trials were completed since.</summary>
    public bool HasNews(FollowedStudy study) => !study.IsPreferential && (_importances.HasNews(study) | _improvements.HasNews(study));
}
