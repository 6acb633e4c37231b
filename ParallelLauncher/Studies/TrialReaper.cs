using System.Data;
using System.Data.Common;
using System.Globalization;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>Fails trials whose worker died, in one transaction, as Optuna itself would.</summary>
/// <param name="studyName">The study.</param>
/// <param name="lockClause">What a SELECT that locks its rows ends with.</param>
/// <param name="heartbeatAge">The seconds since a heartbeat, in SQL.</param>
/// <param name="lastKey">The key that the last INSERT made, in SQL.</param>
internal sealed class TrialReaper(string studyName, string lockClause, string heartbeatAge, string lastKey)
{
    private const string TimeFormat = "yyyy-MM-dd HH:mm:ss.ffffff";

    public async Task<IReadOnlyList<LostTrial>> FailLostAsync(
        DbConnection connection, Func<OpenTrial, bool> isLost, int retries, DateTime now, CancellationToken cancellationToken)
    {
        // Each statement shall see what others have committed by then.
        await using DbTransaction transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
        // A worker holds this row while it makes a trial. A dead worker's last statement may still be under way: afterwards
        // its trial is there, or never will be.
        object? study = await connection.Command(
            transaction, "SELECT study_id FROM studies WHERE study_name = @study" + lockClause, ("@study", studyName))
            .ScalarAsync(cancellationToken);
        if (study is null) return [];
        List<OpenTrial> open = await StudyDetails.ReadOpenAsync(connection, transaction, studyName, heartbeatAge, cancellationToken);
        var failed = new List<LostTrial>();
        // A marked trial that still waits may be the one that its worker was about to take.
        foreach (OpenTrial trial in open.Where(trial => (trial.IsRunning || trial.Owner is not null) && isLost(trial)))
        {
            if (!await TryFailAsync(connection, transaction, trial, now, cancellationToken)) continue;
            long? retriedAs = retries > 0
                ? await new TrialRetry(connection, transaction, study, lastKey).EnqueueAsync(trial, retries, cancellationToken)
                : null;
            failed.Add(new LostTrial(trial.Number, trial.Owner, retriedAs));
        }

        await transaction.CommitAsync(cancellationToken);
        return failed;
    }

    private async Task<bool> TryFailAsync(
        DbConnection connection, DbTransaction transaction, OpenTrial trial, DateTime now, CancellationToken cancellationToken)
    {
        // Waits for a worker that is just ending the trial: a result that was stored is no lost trial.
        object? state = await connection.Command(
            transaction, "SELECT state FROM trials WHERE trial_id = @id" + lockClause, ("@id", trial.Id)).ScalarAsync(cancellationToken);
        if (state as string != "RUNNING") return false;
        await connection.Command(
            transaction, "UPDATE trials SET state = 'FAIL', datetime_complete = @now WHERE trial_id = @id",
            ("@id", trial.Id), ("@now", now.ToString(TimeFormat, CultureInfo.InvariantCulture))).ExecuteAsync(cancellationToken);
        return true;
    }
}
