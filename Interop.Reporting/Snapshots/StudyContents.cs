using Hpo.Interop.Storages;
using Hpo.Interop.Tables;

namespace Hpo.Interop.Reporting.Snapshots;

/// <summary>All of a study that pages and comparisons need.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Directions">What is better, for each objective.</param>
/// <param name="UserAttrs">What the user attached.</param>
/// <param name="SystemAttrs">What Optuna and its dashboard attached.</param>
/// <param name="Trials">Its trials, by number.</param>
internal sealed record StudyContents(
    string Name,
    IReadOnlyList<StudyDirection> Directions,
    IReadOnlyDictionary<string, object?> UserAttrs,
    IReadOnlyDictionary<string, object?> SystemAttrs,
    IReadOnlyList<FrozenTrial> Trials)
{
    /// <summary>The notes on trials, by the trials' numbers.</summary>
    public IReadOnlyDictionary<int, NoteSnapshot> TrialNotes { get; private init; } = new Dictionary<int, NoteSnapshot>();

    /// <summary>What people preferred; null where it is not they who compare the trials.</summary>
    public PreferentialFacts? Preferential { get; private init; }

    /// <summary>Whether a storage is read through Optuna, which has to be started then.</summary>
    public static bool NeedOptuna(StorageUrl url) => StudyTables.Of(url) is null;

    /// <summary>What Optuna gives of a study.</summary>
    public static StudyContents Of(Study study)
    {
        var contents = new StudyContents(study.Name, study.Directions, study.UserAttrs, study.SystemAttrs, study.Trials);
        return contents with { Preferential = PreferentialFacts.Of(contents.SystemAttrs, contents.Trials, new Dictionary<long, int>()) };
    }

    /// <summary>Reads a study: its tables by themselves where they can be read, else through Optuna.</summary>
    /// <exception cref="StudyNotFoundException">There is no study of that name.</exception>
    /// <exception cref="TableException">The database failed.</exception>
    public static StudyContents Read(StorageUrl url, string name)
    {
        using StudyTables? tables = StudyTables.Of(url);
        if (tables is null)
        {
            using Study study = Study.Load(name, url.Original);
            return Of(study);
        }

        var followed = new FollowedStudy(tables, name);
        return followed.Refresh() is not null
            ? new StudyContents(name, followed.Directions, followed.UserAttrs, followed.SystemAttrs, followed.Trials) { TrialNotes = followed.TrialNotes, Preferential = followed.Preferential }
            : throw new StudyNotFoundException(name, tables.Use(session => StoredStudy.ReadAll(session).ConvertAll(study => study.Name)));
    }
}
