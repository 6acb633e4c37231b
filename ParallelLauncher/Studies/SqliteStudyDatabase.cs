using System.Data.Common;
using Hpo.Interop.Storages;
using Hpo.ParallelLauncher.Plan;
using Microsoft.Data.Sqlite;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>A study of an SQLite file, which is only opened for writing to fail lost trials.</summary>
internal sealed class SqliteStudyDatabase(StorageUrl storage, string studyName) : StudyDatabase(studyName)
{
    // Workers write often and briefly; a longer wait would only delay the next look.
    private const int BusySeconds = 1;
    private const int BusySecondsForWriting = 30;

    // An immediate transaction locks the whole file.
    protected override string LockClause => "";

    protected override string HeartbeatAge => "(julianday('now') - julianday(h.heartbeat)) * 86400";

    protected override string LastKey => "last_insert_rowid()";

    // A file that was deleted, or replaced, would be read for ever over a connection that has it open.
    protected override bool KeepsConnection => false;

    /// <summary>Looks for processes of this machine, and of this user, that have the file open.</summary>
    public override Task<bool> HasOtherClientsAsync(CancellationToken cancellationToken)
    {
        string file = Path.GetFullPath(storage.Database!);
        return Task.FromResult(!OperatingSystem.IsLinux() || Directory.EnumerateDirectories("/proc")
            .Where(folder => int.TryParse(Path.GetFileName(folder), out int id) && id != Environment.ProcessId)
            .Any(folder => HasOpen(folder, file)));
    }

    protected override bool IsMissing(Exception error) =>
        error is SqliteException sqlite && SqliteErrors.IsMissing(sqlite, storage.Database!);

    protected override StudyDatabaseException? Translate(Exception error) => error is SqliteException sqlite
        ? new StudyDatabaseException(SqliteErrors.Describe(sqlite, storage.Database!), SqliteErrors.IsTransient(sqlite), error)
        : null;

    protected override async Task<DbConnection> ConnectAsync(bool isForWriting, CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = storage.Database!,
            Mode = isForWriting ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadOnly,
            Pooling = false,
            DefaultTimeout = isForWriting ? BusySecondsForWriting : BusySeconds,
        }.ConnectionString);
        try
        {
            await connection.OpenAsync(cancellationToken);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
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
        catch (Exception error) when (FileErrors.Is(error))
        {
            return false;
        }
    }
}
