using System.Data;
using System.Data.Common;
using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.NativeTrainer.Commands;
using Hpo.NativeTrainer.Reporting;
using Microsoft.Data.Sqlite;

namespace Hpo.NativeTrainer.Dashboard;

/// <summary>Optuna's tables in MySQL, MariaDB or an SQLite file, read without Python and never written.</summary>
/// <param name="url">The storage.</param>
internal sealed class StudyTables(StorageUrl url)
{
    public string Storage => url.Masked;

    /// <exception cref="UserError">It is a storage that only Optuna reads.</exception>
    public static StudyTables Of(StorageUrl url) => url.Dialect is StorageDialect.MySql || url.SqliteFile is not null
        ? new StudyTables(url)
        : throw new UserError(
            $"The dashboard reads MySQL, MariaDB and SQLite files, and {url.Masked} is none. 'NativeTrainer report' shows one of its studies.");

    /// <summary>All studies, in the order in which they were made.</summary>
    /// <exception cref="DbException">The database does not answer, or holds no studies of Optuna.</exception>
    public async Task<IReadOnlyList<StudyEntry>> ListAsync(CancellationToken cancellation)
    {
        await using DbConnection connection = await OpenAsync(cancellation);
        await using DbTransaction transaction = await BeginAsync(connection, cancellation);
        var directions = new Dictionary<long, List<string>>();
        await ReadAsync(transaction, "SELECT study_id, direction FROM study_directions ORDER BY study_id, objective", null, row =>
            Of(directions, row.GetInt64(0)).Add(row.GetString(1).ToLowerInvariant()), cancellation);
        var states = new Dictionary<long, SortedDictionary<string, long>>();
        var active = new Dictionary<long, DateTime>();
        await ReadAsync(
            transaction, "SELECT study_id, state, COUNT(*), MAX(datetime_start), MAX(datetime_complete) FROM trials GROUP BY study_id, state", null,
            row =>
            {
                long study = row.GetInt64(0);
                Of(states, study)[row.GetString(1)] = row.GetInt64(2);
                foreach (int column in (int[])[3, 4])
                {
                    if (Time(row, column) is { } time && (!active.TryGetValue(study, out DateTime last) || time > last)) active[study] = time;
                }
            },
            cancellation);
        var extremes = new Dictionary<long, (double Least, double Greatest)>();
        await ReadAsync(
            transaction,
            "SELECT t.study_id, MIN(v.value), MAX(v.value) FROM trials t JOIN trial_values v ON v.trial_id = t.trial_id " +
            "WHERE t.state = 'COMPLETE' AND v.objective = 0 AND v.value IS NOT NULL GROUP BY t.study_id",
            null, row => extremes[row.GetInt64(0)] = (row.GetDouble(1), row.GetDouble(2)), cancellation);
        var studies = new List<StudyEntry>();
        await ReadAsync(transaction, "SELECT study_id, study_name FROM studies ORDER BY study_id", null, row =>
        {
            long id = row.GetInt64(0);
            List<string> of = Of(directions, id);
            double? best = of is not [var only] || !extremes.TryGetValue(id, out var extreme) ? null
                : only == "maximize" ? extreme.Greatest : extreme.Least;
            studies.Add(new StudyEntry(
                row.GetString(1), of, Of(states, id), best, active.TryGetValue(id, out DateTime time) ? SnapshotBuilder.Milliseconds(time) : null));
        }, cancellation);
        return studies;
    }

    /// <summary>Brings what is known of a study up to date.</summary>
    /// <param name="known">What is known; it is changed.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether anything changed; null where the study does not exist (any more).</returns>
    /// <exception cref="DbException">The database does not answer.</exception>
    public async Task<bool?> RefreshAsync(KnownStudy known, CancellationToken cancellation)
    {
        await using DbConnection connection = await OpenAsync(cancellation);
        // All reads see one moment: a trial that is complete has its value.
        await using DbTransaction transaction = await BeginAsync(connection, cancellation);
        long? id = null;
        await ReadAsync(transaction, "SELECT study_id FROM studies WHERE study_name = @name", ("@name", known.Name), row => id = row.GetInt64(0), cancellation);
        if (id is not { } study) return null;
        if (known.Id != study)
        {
            known.Begin(study);
            List<StudyDirection> directions = [];
            await ReadAsync(transaction, "SELECT direction FROM study_directions WHERE study_id = @study ORDER BY objective", ("@study", study),
                row => directions.Add(Enum.Parse<StudyDirection>(row.GetString(0), ignoreCase: true)), cancellation);
            known.Directions = directions;
            await ReadAsync(transaction, "SELECT library_version FROM version_info", null, row =>
                known.IsUtc = OptunaTimes.AreUtc(row.GetString(0)), cancellation);
        }
        var attrs = new Dictionary<string, object?>();
        await ReadAsync(transaction, "SELECT `key`, value_json FROM study_user_attributes WHERE study_id = @study ORDER BY study_user_attribute_id", ("@study", study),
            row => attrs[row.GetString(0)] = StorageJson.Attribute(row.GetString(1)), cancellation);
        return known.Take(attrs, await new TrialRows(known, sql => (row, ct) => ReadAsync(transaction, sql, ("@study", study), row, ct)).ReadAsync(cancellation));
    }

    public static DateTime? Time(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetDateTime(column);

    private async Task<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        if (url.Dialect == StorageDialect.MySql) return await new MySqlConnectionSettings(url).OpenAsync(cancellationToken: cancellation);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = url.SqliteFile!,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
        }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    // One that only reads: SQLite would lock the file for writing otherwise.
    private static async Task<DbTransaction> BeginAsync(DbConnection connection, CancellationToken cancellation) => connection is SqliteConnection file
        ? file.BeginTransaction(deferred: true)
        : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation);

    private static async Task ReadAsync(
        DbTransaction transaction, string sql, (string Name, object Value)? parameter, Action<DbDataReader> row, CancellationToken cancellation)
    {
        await using DbCommand command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        if (parameter is { } given)
        {
            DbParameter bound = command.CreateParameter();
            (bound.ParameterName, bound.Value) = given;
            command.Parameters.Add(bound);
        }
        await using DbDataReader reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation)) row(reader);
    }

    private static T Of<T>(Dictionary<long, T> map, long key) where T : new()
    {
        if (!map.TryGetValue(key, out T? value)) map[key] = value = new T();
        return value;
    }
}
