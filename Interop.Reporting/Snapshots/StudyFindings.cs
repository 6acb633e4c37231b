namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>What Optuna computes of a study, besides what its trials say.</summary>
/// <param name="Importances">Finds how much each parameter matters.</param>
/// <param name="Improvements">Finds what could still be gained.</param>
internal sealed record StudyFindings(ImportanceFinder Importances, TerminatorFinder Improvements)
{
    /// <summary>What is found where nobody asked for more or less.</summary>
    public static readonly StudyFindings Default = new(new ImportanceFinder(ImportanceFinder.Automatic), new TerminatorFinder(TerminatorFinder.None));

    /// <summary>Nothing is computed.</summary>
    public static readonly StudyFindings None = new(new ImportanceFinder(ImportanceFinder.None), new TerminatorFinder(TerminatorFinder.None));
}
