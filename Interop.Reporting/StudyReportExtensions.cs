using Hpo.Interop.Reporting.Pages;
using Hpo.Interop.Reporting.Snapshots;

namespace Hpo.Interop.Reporting;

/// <summary>Reports of studies.</summary>
public static class StudyReportExtensions
{
    /// <summary>Writes a page that shows a study: summary, plots and all trials. It needs no network.</summary>
    /// <param name="study">The study.</param>
    /// <param name="file">The page's file; it is replaced where it exists.</param>
    /// <exception cref="IOException">The file cannot be written; what was there before is as it was.</exception>
    public static void SaveReport(this Study study, string file)
    {
        ArgumentNullException.ThrowIfNull(study);
        AtomicFile.CheckWritable(file);
        var reader = new SnapshotReader(StudyFindings.Default, TimeProvider.System);
        AtomicFile.WriteText(file, ReportPage.OfStudy(reader.Read(StudyContents.Of(study), storage: "")));
    }
}
