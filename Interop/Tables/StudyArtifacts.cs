using System.Globalization;

namespace Hpo.Interop.Tables;

/// <summary>
/// The artifacts of studies and trials, as Optuna's <c>upload_artifact</c> and optuna-dashboard keep them: in one system attribute each.
/// </summary>
internal static class StudyArtifacts
{
    /// <summary>What the name of an artifact's attribute begins with; its id follows.</summary>
    public const string Prefix = "artifacts:";

    // What optuna-dashboard leaves of an artifact that it removes. Optuna's get_all_artifact_meta fails at it, so ours removes the attribute.
    private const string Removed = "\"null\"";

    /// <summary>Under what optuna-dashboard kept a trial's artifacts among the study's attributes, before Optuna had any.</summary>
    /// <param name="trial">The trial's key in the tables.</param>
    public static string OldPrefix(long trial) => string.Create(CultureInfo.InvariantCulture, $"dashboard:artifacts:{trial}:");

    /// <summary>The artifacts of a study or of one of its trials.</summary>
    /// <param name="session">A session.</param>
    /// <param name="study">The study's name.</param>
    /// <param name="trial">The trial's number; null for the study's own.</param>
    /// <exception cref="EditRefusedException">There is no such study or trial.</exception>
    public static List<StoredArtifact> Read(TableSession session, string study, int? trial)
    {
        long key = StoredStudy.Find(session, study) ?? throw new EditRefusedException($"There is no study '{study}'.");
        return Read(session, Place.Of(session, key, trial));
    }

    /// <summary>Asks whether an artifact may be added: where its trial has ended, Optuna leaves everything as it is.</summary>
    /// <exception cref="EditRefusedException">There is no such study or trial, or the trial has ended.</exception>
    public static void RequireOpen(TableSession session, string study, int? trial)
    {
        long key = StoredStudy.Find(session, study) ?? throw new EditRefusedException($"There is no study '{study}'.");
        RequireOpen(session, key, trial);
    }

    /// <summary>Adds an artifact, whose file is there already.</summary>
    /// <exception cref="EditRefusedException">There is no such study or trial, or the trial has ended.</exception>
    public static void Add(TableSession session, string study, int? trial, StoredArtifact artifact)
    {
        long key = StudyEdits.Lock(session, study);
        RequireOpen(session, key, trial);
        Place place = Place.Of(session, key, trial);
        session.Execute(
            $"INSERT INTO {place.Table} ({place.Column}, `key`, value_json) VALUES (@owner, @key, @json)",
            ("owner", place.Owner), ("key", Prefix + artifact.Id), ("json", artifact.ToJson()));
        session.Execute("COMMIT");
    }

    /// <summary>Removes an artifact; its file stays to be removed.</summary>
    /// <returns>Whether another study or trial, such as a study's copy, has the same file.</returns>
    /// <exception cref="EditRefusedException">There is no such study, trial or artifact.</exception>
    public static bool Remove(TableSession session, string study, int? trial, string id)
    {
        Place place = Place.Of(session, StudyEdits.Lock(session, study), trial);
        if (!Read(session, place).Exists(artifact => artifact.Id == id)) throw new EditRefusedException($"There is no artifact '{id}' any more.");
        Clear(place.Table, place.Column, place.Owner, Prefix + id);
        if (place.OldPrefix is { } prefix) Clear("study_system_attributes", "study_id", place.Study, prefix + id);
        bool isShared = session.Key(
            "SELECT (SELECT COUNT(*) FROM study_system_attributes WHERE `key` = @key AND value_json <> @removed) + " +
            "(SELECT COUNT(*) FROM trial_system_attributes WHERE `key` = @key AND value_json <> @removed)",
            ("key", Prefix + id), ("removed", Removed)) > 0;
        session.Execute("COMMIT");
        return isShared;

        void Clear(string table, string column, long owner, string key) => session.Execute(
            $"DELETE FROM {table} WHERE {column} = @owner AND `key` = @key", ("owner", owner), ("key", key));
    }

    private static void RequireOpen(TableSession session, long study, int? trial)
    {
        if (trial is not { } number) return;
        string state = StudyEdits.TrialOf(session, study, number).State;
        if (state != TrialState.Running.Name() && state != TrialState.Waiting.Name())
        {
            throw new EditRefusedException(
                $"Trial {number} is {state}, and nothing is attached to a trial that has ended. Attach it to the study.", isConflict: true);
        }
    }

    private static List<StoredArtifact> Read(TableSession session, Place place)
    {
        List<StoredArtifact> found = Those(place.Table, place.Column, place.Owner, Prefix);
        if (place.OldPrefix is { } prefix)
            found.AddRange(Those("study_system_attributes", "study_id", place.Study, prefix).Where(old => !found.Exists(artifact => artifact.Id == old.Id)));
        return found;

        List<StoredArtifact> Those(string table, string column, long owner, string prefix) =>
        [
            .. session.Attributes(table, column, owner, prefix)
                .Select(pair => StoredArtifact.Of(pair.Key[prefix.Length..], pair.Value)).OfType<StoredArtifact>()
                .OrderBy(artifact => artifact.FileName, StringComparer.OrdinalIgnoreCase).ThenBy(artifact => artifact.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Where the attributes are.</summary>
    /// <param name="Study">The study's key.</param>
    /// <param name="Table">The table of the attributes.</param>
    /// <param name="Column">Its column of whose they are.</param>
    /// <param name="Owner">The key in that column.</param>
    /// <param name="OldPrefix">What the old attributes' names begin with; null for a study's own.</param>
    private readonly record struct Place(long Study, string Table, string Column, long Owner, string? OldPrefix)
    {
        public static Place Of(TableSession session, long study, int? trial)
        {
            if (trial is not { } number) return new Place(study, "study_system_attributes", "study_id", study, null);
            long id = StudyEdits.TrialOf(session, study, number).Id;
            return new Place(study, "trial_system_attributes", "trial_id", id, StudyArtifacts.OldPrefix(id));
        }
    }
}
