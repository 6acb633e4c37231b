using System.Data.Common;
using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.NativeTrainer.Commands;

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
    /// <exception cref="StorageReadException">The database failed, or holds no studies of Optuna.</exception>
    public Task<IReadOnlyList<StudyEntry>> ListAsync(CancellationToken cancellation) =>
        TableConnection.ReadAsync(url, tables => new StudyList(tables, cancellation).ReadAsync(), cancellation);

    /// <summary>Brings what is known of a study up to date.</summary>
    /// <param name="known">What is known; it is changed.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>Whether anything changed; null where the study does not exist (any more).</returns>
    /// <exception cref="StorageReadException">The database failed.</exception>
    public Task<bool?> RefreshAsync(KnownStudy known, CancellationToken cancellation) =>
        TableConnection.ReadAsync(url, tables => RefreshAsync(tables, known, cancellation), cancellation);

    /// <summary>A time in local time, or null where there is none.</summary>
    public static DateTime? Time(DbDataReader row, int column, TableTimes times) =>
        row.IsDBNull(column) ? null : times.ToLocal(row.GetDateTime(column), TimeZoneInfo.Local);

    /// <summary>What the version of Optuna writes that made the tables.</summary>
    public static async Task<TableTimes> TimesAsync(TableConnection tables, CancellationToken cancellation)
    {
        string? version = null;
        await tables.ReadAsync("SELECT library_version FROM version_info", null, row => version = row.GetString(0), cancellation);
        return TableTimes.Of(version);
    }

    /// <summary>An attribute's key as text: Python's None is NULL, and a number is what the column makes of it.</summary>
    public static string Key(DbDataReader row, int column) =>
        row.IsDBNull(column) ? "None" : Convert.ToString(row.GetValue(column), CultureInfo.InvariantCulture)!;

    /// <summary>An attribute's value.</summary>
    public static object? Attribute(DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : StorageJson.Attribute(row.GetString(column));

    private static async Task<bool?> RefreshAsync(TableConnection tables, KnownStudy known, CancellationToken cancellation)
    {
        long? id = null;
        await tables.ReadAsync("SELECT study_id FROM studies WHERE study_name = @name", ("@name", known.Name), row => id = row.GetInt64(0), cancellation);
        if (id is not { } study) return null;
        if (known.Id != study)
        {
            known.Begin(study);
            List<StudyDirection> directions = [];
            await tables.ReadAsync("SELECT direction FROM study_directions WHERE study_id = @study ORDER BY objective", ("@study", study),
                row => directions.Add(Enum.Parse<StudyDirection>(row.GetString(0), ignoreCase: true)), cancellation);
            known.Directions = directions;
            known.Times = await TimesAsync(tables, cancellation);
        }
        var attrs = new OrderedDictionary<string, object?>();
        await tables.ReadAsync("SELECT `key`, value_json FROM study_user_attributes WHERE study_id = @study ORDER BY study_user_attribute_id", ("@study", study),
            row => attrs[Key(row, 0)] = Attribute(row, 1), cancellation);
        return known.Take(attrs, await new TrialRows(known, sql => (row, ct) => tables.ReadAsync(sql, ("@study", study), row, ct)).ReadAsync(cancellation));
    }
}
