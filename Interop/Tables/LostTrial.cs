using System.Globalization;

namespace Hpo.Interop.Tables;

/// <summary>A trial whose worker died, and that was failed for it.</summary>
/// <param name="Number">Its number in the study.</param>
/// <param name="Owner">The worker that ran it, or null where that is unknown.</param>
/// <param name="RetriedAs">The number of the trial that retries it, or null.</param>
internal sealed record LostTrial(long Number, TrialOwner? Owner, long? RetriedAs)
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.ffffff";
    private const string FirstAttempt = "failed_trial";
    private const string History = "retry_history";

    /// <summary>Fails the trials that are lost, and enqueues their retries, in one transaction and as Optuna itself would.</summary>
    /// <param name="session">A session for writing.</param>
    /// <param name="study">The study's name.</param>
    /// <param name="isLost">Whether a trial's worker is dead.</param>
    /// <param name="retries">How often a lost trial is retried, at least 0.</param>
    /// <param name="now">The time as the installed Optuna writes it.</param>
    public static List<LostTrial> Fail(TableSession session, string study, Func<OpenTrial, bool> isLost, int retries, DateTime now)
    {
        session.Execute(session.Sql.Begin);
        // A worker holds this row while it makes a trial. The server may still execute a dead worker's last statement: afterwards
        // its trial is there, or never will be.
        long? key = session.Key(
            $"SELECT study_id FROM studies WHERE {session.Sql.IsName("study_name", "@study")}{session.Sql.Lock}", ("study", study));
        var failed = new List<LostTrial>();
        // An owned trial that still waits may be the one that its worker was about to take.
        foreach (OpenTrial trial in OpenTrial.ReadAll(session, study).Where(trial => (trial.IsRunning || trial.Owner is not null) && isLost(trial)))
        {
            // Waits for a worker that is just ending the trial: a result that was stored is no lost trial.
            object? state = session.Scalar($"SELECT state FROM trials WHERE trial_id = @id{session.Sql.Lock}", ("id", trial.Id));
            if (state as string != TrialState.Running.Name()) continue;
            session.Execute(
                "UPDATE trials SET state = 'FAIL', datetime_complete = @now WHERE trial_id = @id",
                ("id", trial.Id), ("now", now.ToString(TimeFormat, CultureInfo.InvariantCulture)));
            failed.Add(new LostTrial(trial.Number, trial.Owner, Retry(session, key!.Value, trial, retries)));
        }

        session.Execute("COMMIT");
        return failed;
    }

    /// <summary>Enqueues a trial with the same parameters, as Optuna's RetryFailedTrialCallback does.</summary>
    /// <returns>The new trial's number, or null where the trial was retried often enough.</returns>
    private static long? Retry(TableSession session, long study, OpenTrial lost, int retries)
    {
        if (retries == 0) return null;
        long[] history = [.. ReadHistory(session, lost.Id), lost.Number];
        if (history.Length > retries) return null;
        session.Execute("INSERT INTO trials (study_id, state) VALUES (@study, 'WAITING')", ("study", study));
        long id = session.Key($"SELECT {session.Sql.LastKey}")!.Value;
        long number = session.Key("SELECT COUNT(*) FROM trials WHERE study_id = @study AND trial_id < @id", ("study", study), ("id", id))!.Value;
        session.Execute(
            """
            UPDATE trials SET number = @number WHERE trial_id = @id;
            INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json)
            SELECT @id, param_name, param_value, distribution_json FROM trial_params WHERE trial_id = @lost ORDER BY param_id;
            INSERT INTO trial_user_attributes (trial_id, `key`, value_json)
            SELECT @id, `key`, value_json FROM trial_user_attributes WHERE trial_id = @lost ORDER BY trial_user_attribute_id;
            INSERT INTO trial_system_attributes (trial_id, `key`, value_json)
            SELECT @id, `key`, value_json FROM trial_system_attributes WHERE trial_id = @lost AND `key` NOT IN (@owner, @history)
            """,
            ("id", id), ("number", number), ("lost", lost.Id), ("owner", TrialOwner.Key), ("history", History));
        Set(History, $"[{string.Join(", ", history)}]");
        if (history.Length == 1) Set(FirstAttempt, lost.Number.ToString(CultureInfo.InvariantCulture));
        return number;

        void Set(string key, string json) => session.Execute(
            "INSERT INTO trial_system_attributes (trial_id, `key`, value_json) VALUES (@id, @key, @json)",
            ("id", id), ("key", key), ("json", json));
    }

    private static long[] ReadHistory(TableSession session, long trial)
    {
        object? json = session.Scalar(
            "SELECT value_json FROM trial_system_attributes WHERE trial_id = @id AND `key` = @key", ("id", trial), ("key", History));
        // Other programs may have written the attribute.
        return PythonJson.TryParse(json as string, out object? value) && value is object?[] numbers ? [.. numbers.OfType<long>()] : [];
    }
}
