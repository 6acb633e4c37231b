using System.Data.Common;
using System.Globalization;
using Hpo.Interop.Storages;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>
/// Enqueues a lost trial again with the same parameters: what Optuna's RetryFailedTrialCallback does, in the transaction
/// that failed the trial.
/// </summary>
internal sealed class TrialRetry(DbConnection connection, DbTransaction transaction, object study, string lastKey)
{
    private const string FirstAttempt = "failed_trial";
    private const string History = "retry_history";

    /// <summary>The new trial's number, or null where the trial was tried often enough.</summary>
    public async Task<long?> EnqueueAsync(OpenTrial lost, int retries, CancellationToken cancellationToken)
    {
        long[] history = [.. await HistoryAsync(lost.Id, cancellationToken), lost.Number];
        if (history.Length > retries) return null;
        await Run("INSERT INTO trials (study_id, state) VALUES (@study, 'WAITING')", ("@study", study));
        long id = Convert.ToInt64(await Scalar($"SELECT {lastKey}"), CultureInfo.InvariantCulture);
        long number = Convert.ToInt64(
            await Scalar("SELECT COUNT(*) FROM trials WHERE study_id = @study AND trial_id < @id", ("@study", study), ("@id", id)),
            CultureInfo.InvariantCulture);
        await Run("UPDATE trials SET number = @number WHERE trial_id = @id", ("@number", number), ("@id", id));
        await Run(
            """
            INSERT INTO trial_params (trial_id, param_name, param_value, distribution_json)
            SELECT @id, param_name, param_value, distribution_json FROM trial_params WHERE trial_id = @lost ORDER BY param_id
            """, ("@id", id), ("@lost", lost.Id));
        await Run(
            """
            INSERT INTO trial_user_attributes (trial_id, `key`, value_json)
            SELECT @id, `key`, value_json FROM trial_user_attributes WHERE trial_id = @lost ORDER BY trial_user_attribute_id
            """, ("@id", id), ("@lost", lost.Id));
        await Run(
            """
            INSERT INTO trial_system_attributes (trial_id, `key`, value_json)
            SELECT @id, `key`, value_json FROM trial_system_attributes WHERE trial_id = @lost AND `key` NOT IN (@owner, @history)
            """, ("@id", id), ("@lost", lost.Id), ("@owner", TrialOwner.Key), ("@history", History));
        await SetAsync(History, $"[{string.Join(", ", history)}]");
        if (history.Length == 1) await SetAsync(FirstAttempt, lost.Number.ToString(CultureInfo.InvariantCulture));
        return number;

        Task<int> Run(string text, params ReadOnlySpan<(string, object?)> values) =>
            connection.Command(transaction, text, values).ExecuteAsync(cancellationToken);

        Task<object?> Scalar(string text, params ReadOnlySpan<(string, object?)> values) =>
            connection.Command(transaction, text, values).ScalarAsync(cancellationToken);

        Task<int> SetAsync(string key, string json) => Run(
            "INSERT INTO trial_system_attributes (trial_id, `key`, value_json) VALUES (@id, @key, @json)",
            ("@id", id), ("@key", key), ("@json", json));
    }

    private async Task<long[]> HistoryAsync(long trial, CancellationToken cancellationToken)
    {
        object? json = await connection.Command(
            transaction, "SELECT value_json FROM trial_system_attributes WHERE trial_id = @id AND `key` = @key",
            ("@id", trial), ("@key", History)).ScalarAsync(cancellationToken);
        // Anybody may have written the attribute.
        return PythonJson.TryParse(json as string, out object? value) && value is object?[] numbers ? [.. numbers.OfType<long>()] : [];
    }
}
