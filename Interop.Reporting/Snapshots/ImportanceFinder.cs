using Hpo.Interop.Importance;

namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>Finds how much each parameter matters: by Optuna, over a copy in memory.</summary>
/// <param name="asked">One of <see cref="Names"/>.</param>
/// <param name="start">Starts Optuna in another way than by its first use, before each use.</param>
internal sealed class ImportanceFinder(string asked, Action? start = null)
{
    public const string Automatic = "auto";
    public const string None = "none";

    /// <summary>The trials up to which fANOVA takes a few seconds; its time grows with their square.</summary>
    private const int FanovaTrials = 250;

    // Seeded, so that the same study gives the same report.
    private static readonly Way Fanova = new("fanova", "fANOVA", new FanovaImportanceEvaluator { Seed = 0 }, FanovaTrials);
    private static readonly Way Impurity =
        new("mean-decrease-impurity", "mean decrease impurity", new MeanDecreaseImpurityImportanceEvaluator { Seed = 0 });
    private static readonly Way PedAnova = new("ped-anova", "PED-ANOVA", new PedAnovaImportanceEvaluator(), Since: new Version(3, 6));
    private static readonly Way[] Ways = [Fanova, Impurity, PedAnova];

    /// <summary>The ways to find importances.</summary>
    public static readonly IReadOnlyList<string> Names = [Automatic, .. Ways.Select(way => way.Option), None];

    /// <summary>The importances of a study, or why there are none.</summary>
    public ImportanceSnapshot Find(IReadOnlyList<StudyDirection> directions, IReadOnlyList<FrozenTrial> trials)
    {
        if (asked == None) return ImportanceSnapshot.None("They were not asked for.");
        FrozenTrial[] complete = [.. trials.Where(trial => trial.State == TrialState.Complete)];
        if (complete.Length < 2) return ImportanceSnapshot.None("Two complete trials are needed to tell.");
        UsableTrials usable = UsableTrials.Of(complete);
        if (usable.Parameters == 0) return ImportanceSnapshot.None("No two complete trials with finite values have a parameter in common.");
        start?.Invoke();
        Version optuna = InstalledVersion();
        Way byDefault = optuna.Major >= 5 ? PedAnova : Fanova;
        Way[] ways = asked == Automatic
            ? [.. Ways.Where(way => way.IsIn(optuna) && usable.Trials.Count <= way.MostTrials).OrderBy(way => way == byDefault ? 0 : 1)]
            : [Ways.Single(way => way.Option == asked)];
        try
        {
            using Study study = Study.Create(new StudyOptions { Directions = directions });
            study.AddTrials(usable.Trials);
            return new ImportanceSnapshot
            {
                Evaluators = [.. ways.Select(way => Evaluate(study, way, directions.Count))],
                Trials = usable.Trials.Count,
                LeftOut = usable.LeftOut,
                Remark = asked == Automatic && !ways.Contains(byDefault)
                    ? $"{byDefault.Name}, Optuna's default, is slow beyond {byDefault.MostTrials} trials: --importance {byDefault.Option} asks for it."
                    : null,
            };
        }
        catch (PythonCallException exception)
        {
            return ImportanceSnapshot.None($"Optuna cannot tell: {exception.PythonMessage}");
        }
    }

    private static EvaluatedImportance Evaluate(Study study, Way way, int objectives)
    {
        try
        {
            return new EvaluatedImportance(
                way.Name,
                [.. Enumerable.Range(0, objectives).Select(objective => study.Importance(
                    way.Evaluator, target: objectives == 1 ? null : trial => trial.Values![objective]))],
                Missing: null);
        }
        catch (PythonCallException exception)
        {
            return new EvaluatedImportance(way.Name, [], $"Optuna cannot tell: {exception.PythonMessage}");
        }
    }

    // 4.1.0, or 5.0.0.dev.
    private static Version InstalledVersion()
    {
        string[] parts = OptunaRuntime.Current.Python.OptunaVersion.Split('.');
        return int.TryParse(parts[0], out int major) && parts.Length > 1 && int.TryParse(parts[1], out int minor) ? new Version(major, minor) : new Version(0, 0);
    }

    /// <param name="Option">What it is called on the command line.</param>
    /// <param name="Name">What people call it.</param>
    /// <param name="Evaluator">Optuna's class.</param>
    /// <param name="MostTrials">The trials up to which it is fast.</param>
    /// <param name="Since">The first Optuna that has it; null for all.</param>
    private sealed record Way(string Option, string Name, ImportanceEvaluator Evaluator, int MostTrials = int.MaxValue, Version? Since = null)
    {
        public bool IsIn(Version optuna) => Since is null || optuna >= Since;
    }
}
