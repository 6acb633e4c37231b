using Hpo.Interop.Storages;
using Microsoft.Data.Sqlite;

namespace Hpo.Interop.Tables.Sqlite;

/// <summary>
/// Optuna's tables in an SQLite file. Only for processes that host no Python, or never open a file that their Python has
/// open: two SQLite libraries of one process break each other's locks. It is opened for each call: a file that was deleted,
/// or replaced, would be read for ever otherwise.
/// </summary>
internal sealed class SqliteTables : StudyTables
{
    // Workers write often and briefly; a longer wait would only delay the next poll.
    private const int BusySeconds = 1;
    private const int BusySecondsForWriting = 30;

    private static readonly SqlDialect Sql = new()
    {
        // An immediate transaction locks the whole file.
        Begin = "BEGIN IMMEDIATE",
        Lock = "",
        HeartbeatAge = "(julianday('now') - julianday(h.heartbeat)) * 86400",
        LastKey = "last_insert_rowid()",
        IsName = (column, parameter) => $"{column} = {parameter}",
        ReusesKeys = true,
    };

    private readonly string _file;

    private SqliteTables(StorageUrl url, string file)
        : base(url) => _file = file;

    /// <inheritdoc/>
    protected override bool KeepsSessions => false;

    public static new StudyTables? Of(StorageUrl url) => url.SqliteFile is { } file ? new SqliteTables(url, file) : null;

    /// <inheritdoc/>
    public override string Describe() => File.Exists(_file) ? Url.Masked : $"{Url.Masked}, which the first study creates";

    /// <summary>Searches for processes of this machine, and of this user, that have the file open.</summary>
    public override bool HasOtherClients()
    {
        string file = Path.GetFullPath(_file);
        return !OperatingSystem.IsLinux() || Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out int id) && id != Environment.ProcessId)
            .Any(folder => HasOpen(folder, file));
    }

    /// <inheritdoc/>
    public override TableException Failure(Exception error, bool isLost, long pending = 0) => error is SqliteException failure
        ? new TableException(SqliteErrors.Describe(failure, _file), SqliteErrors.IsTransient(failure), failure)
        {
            IsMissing = SqliteErrors.IsMissing(failure, _file),
            Code = failure.SqliteErrorCode,
        }
        : new TableException($"The SQLite file {Path.GetFullPath(_file)} cannot be used: {error.Message}", cause: error);

    /// <inheritdoc/>
    public override bool IsDatabaseError(Exception error) => error is SqliteException;

    /// <inheritdoc/>
    protected override bool IsRolledBack(Exception error) => false;

    /// <inheritdoc/>
    protected override TableSession Open(bool isForWriting)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = _file,
            Mode = isForWriting ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly,
            Pooling = false,
            DefaultTimeout = isForWriting ? BusySecondsForWriting : BusySeconds,
        }.ConnectionString);
        try
        {
            connection.Open();
            return new TableSession(connection, Sql);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static bool HasOpen(string processFolder, string file)
    {
        try
        {
            return Directory.EnumerateFiles(Path.Combine(processFolder, "fd"))
                .Any(link => new FileInfo(link).LinkTarget == file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
