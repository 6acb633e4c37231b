using Hpo.Interop.Importance;

namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>Takes the snapshot of a study, with its importances.</summary>
/// <param name="importance">One of <see cref="Names"/>.</param>
/// <param name="time">The clock.</param>
internal sealed class SnapshotReader(string importance, TimeProvider time)
{
    public const string Automatic = "auto";
    private const string Fanova = "fanova";
    private const string MeanDecreaseImpurity = "mean-decrease-impurity";
    private const string PedAnova = "ped-anova";
    public const string None = "none";

    /// <summary>The trials up to which fANOVA takes a few seconds; its time grows with their square.</summary>
    private const int FanovaTrials = 250;

    /// <summary>The ways to find importances.</summary>
    public static readonly IReadOnlyList<string> Names = [Automatic, Fanova, MeanDecreaseImpurity, PedAnova, None];

    /// <param name="study">The study.</param>
    /// <param name="storage">Its storage's URL, without the password.</param>
    public StudySnapshot Read(StudyContents study, string storage) => SnapshotBuilder.Build(
        new StudyFacts(study.Name, storage, study.Directions, study.UserAttrs, time.GetLocalNow().DateTime),
        study.Trials,
        Importance(study.Directions, study.Trials));

    /// <summary>How much each parameter of a study matters, or why that cannot be computed: by Optuna, over a copy in memory.</summary>
    public ImportanceSnapshot Importance(IReadOnlyList<StudyDirection> directions, IReadOnlyList<FrozenTrial> trials)
    {
        FrozenTrial[] complete = [.. trials.Where(trial => trial.State == TrialState.Complete)];
        if (importance == None) return ImportanceSnapshot.None("They were not asked for.");
        if (complete.Length < 2) return ImportanceSnapshot.None("Two complete trials are needed to tell.");
        string[] common = [.. complete[0].Params.Keys.Where(name => complete.All(trial => trial.Params.ContainsKey(name)))];
        if (common.Length == 0) return ImportanceSnapshot.None("No parameter is part of every complete trial.");
        (string name, ImportanceEvaluator evaluator) = Evaluator(complete.Length);
        try
        {
            using Study study = Study.Create(new StudyOptions { Directions = directions });
            study.AddTrials(complete);
            return new ImportanceSnapshot(
                name,
                [.. Enumerable.Range(0, directions.Count).Select(objective => study.Importance(
                    evaluator, target: directions.Count == 1 ? null : trial => trial.Values![objective]))],
                Missing: null);
        }
        catch (PythonCallException exception)
        {
            return ImportanceSnapshot.None($"Optuna cannot tell: {exception.PythonMessage}");
        }
    }

    // Seeded, so that the same study gives the same report.
    private (string Name, ImportanceEvaluator Evaluator) Evaluator(int trials) => importance switch
    {
        Fanova => ("fANOVA", new FanovaImportanceEvaluator { Seed = 0 }),
        MeanDecreaseImpurity => ("mean decrease impurity", new MeanDecreaseImpurityImportanceEvaluator { Seed = 0 }),
        PedAnova => ("PED-ANOVA", new PedAnovaImportanceEvaluator()),
        _ when trials <= FanovaTrials => ("fANOVA", new FanovaImportanceEvaluator { Seed = 0 }),
        _ => ("mean decrease impurity", new MeanDecreaseImpurityImportanceEvaluator { Seed = 0 }),
    };
}
