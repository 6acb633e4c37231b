using System.Globalization;

namespace Hpo.Interop.Tables;

/// <summary>What a person prefers in a preferential study, written as optuna-dashboard writes it. Each is one transaction.</summary>
internal static class PreferenceEdits
{
    /// <summary>How many trials a person is asked to compare at most. Each of them adds to attributes that have a limit.</summary>
    public const int MostCompared = 50;

    /// <summary>Keeps which of some trials is the worst. Those of them that run are complete then, with zeros for values.</summary>
    /// <param name="session">A session for writing.</param>
    /// <param name="study">The study's name.</param>
    /// <param name="candidates">The numbers of the trials.</param>
    /// <param name="worst">The number of the worst one.</param>
    /// <param name="localTime">The time now.</param>
    /// <param name="tableTime">The time now, as the tables hold it.</param>
    /// <exception cref="EditRefusedException">There is no such study, or one of the trials is not to be compared (any more).</exception>
    public static void ChooseWorst(TableSession session, string study, IReadOnlyList<int> candidates, int worst, DateTime localTime, DateTime tableTime)
    {
        if (candidates.Count is < 2 or > MostCompared || candidates.Distinct().Count() != candidates.Count || !candidates.Contains(worst))
            throw new EditRefusedException($"From 2 to {MostCompared} different trials are compared, and one of them is the worst.", isConflict: true);
        (long key, StudyPreferences preferences) = Lock(session, study);
        Dictionary<int, StoredTrial> trials = Read(session, key, candidates);
        foreach (int number in candidates) RequireReady(preferences, trials, number);

        string id = Guid.NewGuid().ToString();
        object?[] pairs = Pairs(candidates.Where(number => number != worst).Select(better => (better, worst)));
        StudyEdits.SetAttribute(session, key, StudyPreferences.PairsPrefix + id, PythonJson.WriteAscii(pairs));
        int objectives = StudyEdits.CountObjectives(session, key);
        foreach (StoredTrial trial in trials.Values.Where(trial => trial.State is TrialState.Running))
            StudyEdits.Complete(session, trial.Id, new double[objectives], tableTime);
        StudyEdits.SetAttribute(session, key, StudyPreferences.ChoicePrefix + id, PythonJson.WriteAscii(PythonJson.WriteAscii(new OrderedDictionary<string, object?>
        {
            ["mode"] = "ChooseWorst",
            ["id"] = id,
            ["timestamp"] = IsoFormat(localTime),
            ["candidates"] = candidates.Select(number => (object?)(long)number).ToArray(),
            ["clicked"] = (long)worst,
            ["preferences"] = pairs,
        })));
        session.Execute("COMMIT");
    }

    /// <summary>Leaves a trial out of what is compared, and of the best ones, for good.</summary>
    /// <exception cref="EditRefusedException">There is no such study, or the trial is not to be compared (any more).</exception>
    public static void Skip(TableSession session, string study, int trial)
    {
        (long key, StudyPreferences preferences) = Lock(session, study);
        StoredTrial skipped = RequireAwaited(preferences, Read(session, key, [trial]), trial);
        StudyEdits.SetAttribute(session, key, string.Create(CultureInfo.InvariantCulture, $"{StudyPreferences.SkippedPrefix}{skipped.Id}"), "true");
        session.Execute("COMMIT");
    }

    /// <summary>Takes a choice back: it stays in the history, and counts no more.</summary>
    /// <exception cref="EditRefusedException">There is no such study or choice, or it was taken back already.</exception>
    public static void TakeBack(TableSession session, string study, string choice) => SetCounts(session, study, choice, counts: false);

    /// <summary>Lets a choice that was taken back count again.</summary>
    /// <exception cref="EditRefusedException">There is no such study or choice, or it counts.</exception>
    public static void Restore(TableSession session, string study, string choice) => SetCounts(session, study, choice, counts: true);

    /// <summary>Says what trials are judged by.</summary>
    /// <param name="session">A session for writing.</param>
    /// <param name="study">The study's name.</param>
    /// <param name="artifactKey">The user attribute that names a trial's artifact; null for its note.</param>
    /// <exception cref="EditRefusedException">There is no such study.</exception>
    public static void JudgeBy(TableSession session, string study, string? artifactKey)
    {
        (long key, _) = Lock(session, study);
        var component = new OrderedDictionary<string, object?> { ["output_type"] = artifactKey is null ? "note" : "artifact" };
        if (artifactKey is not null) component["artifact_key"] = artifactKey;
        StudyEdits.SetAttribute(session, key, StudyPreferences.ComponentKey, PythonJson.WriteAscii(component));
        session.Execute("COMMIT");
    }

    private static void SetCounts(TableSession session, string study, string choice, bool counts)
    {
        (long key, StudyPreferences preferences) = Lock(session, study);
        if (preferences.PairsOfChoice(choice) is not { } pairs || preferences.Choices.FirstOrDefault(known => known.Id == choice) is not { } known)
            throw new EditRefusedException($"The study has no choice '{choice}'.");
        if (counts && pairs.Count == 0) throw new EditRefusedException("This choice holds no comparison that could count.", isConflict: true);
        if (known.IsTakenBack != counts)
            throw new EditRefusedException(counts ? "This choice counts already." : "This choice was taken back already.", isConflict: true);
        StudyEdits.SetAttribute(session, key, StudyPreferences.PairsPrefix + choice, PythonJson.WriteAscii(counts ? Pairs(pairs) : []));
        session.Execute("COMMIT");
    }

    private static (long Key, StudyPreferences Preferences) Lock(TableSession session, string study)
    {
        long key = StudyEdits.Lock(session, study);
        return (key, StudyPreferences.Of(TrialConverter.Attributes(StoredStudy.Read(session, key)!.SystemAttributes))
            ?? throw new EditRefusedException($"The study '{study}' is not preferential: its trials are not compared by people.", isConflict: true));
    }

    /// <summary>Some trials by number, which no worker ends meanwhile. Those of one number cannot be told apart, and are left out.</summary>
    private static Dictionary<int, StoredTrial> Read(TableSession session, long study, IReadOnlyList<int> numbers)
    {
        List<TrialHeader> headers = session.Rows(
            TrialHeader.Read,
            $"SELECT {TrialHeader.Columns} FROM trials WHERE study_id = @study AND number IN ({Statements.List(numbers.Select(number => (long)number))}){session.Sql.Lock}",
            ("study", study));
        return TrialReader.Read(session, headers, TrialParts.UserAttributes | TrialParts.ReadableSystemAttributes)
            .GroupBy(trial => (int)trial.Header.Number!).Where(trials => trials.Count() == 1).ToDictionary(trials => trials.Key, trials => trials.Single());
    }

    private static void RequireReady(StudyPreferences preferences, Dictionary<int, StoredTrial> trials, int number)
    {
        StoredTrial trial = RequireAwaited(preferences, trials, number);
        if (!preferences.Shown(trial.Id, TrialConverter.Attributes(trial.UserAttributes), TrialConverter.Attributes(trial.SystemAttributes)).IsThere)
        {
            throw new EditRefusedException(
                $"Trial {number} has no {(preferences.ArtifactKey is { } key ? $"artifact that its attribute '{key}' names" : "note")}: it cannot be compared yet. Nothing was saved.",
                isConflict: true);
        }
    }

    private static StoredTrial RequireAwaited(StudyPreferences preferences, Dictionary<int, StoredTrial> trials, int number)
    {
        if (!trials.TryGetValue(number, out StoredTrial? trial)) throw new EditRefusedException($"The study has no trial {number}.");
        return preferences.Awaits(trial.Id, number, trial.State)
            ? trial
            : throw new EditRefusedException(
                $"Trial {number} is not to be compared any more: it {Reason(preferences, trial)}. Nothing was saved; the page shows which trials are compared now.", isConflict: true);
    }

    private static string Reason(StudyPreferences preferences, StoredTrial trial) =>
        trial.State is not (TrialState.Running or TrialState.Complete) ? $"is {trial.State.Name()}"
        : preferences.IsSkipped(trial.Id) ? "was skipped" : "was chosen as worse than another one meanwhile";

    private static object?[] Pairs(IEnumerable<(int Better, int Worse)> pairs) => [.. pairs.Select(pair => new object?[] { (long)pair.Better, (long)pair.Worse })];

    // As Python's datetime.isoformat: whole seconds have no fraction.
    private static string IsoFormat(DateTime time)
    {
        string text = time.ToString("yyyy-MM-dd'T'HH:mm:ss.ffffff", CultureInfo.InvariantCulture);
        return text.EndsWith(".000000", StringComparison.Ordinal) ? text[..^7] : text;
    }
}
