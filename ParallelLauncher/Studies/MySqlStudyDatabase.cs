using System.Data.Common;
using System.Globalization;
using Hpo.Interop.Storages;
using MySqlConnector;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>A study of MySQL or MariaDB.</summary>
internal sealed class MySqlStudyDatabase(StorageUrl storage, string studyName) : StudyDatabase(studyName)
{
    private readonly MySqlConnectionSettings _settings = new(storage);

    protected override string LockClause => " FOR UPDATE";

    protected override string HeartbeatAge => "TIMESTAMPDIFF(SECOND, h.heartbeat, NOW())";

    protected override string LastKey => "LAST_INSERT_ID()";

    // Deadlocks, lock timeouts, snapshot conflicts, and tables that are not there yet.
    public override bool IsOutage(DbException error) => error is MySqlException { Number: not (1020 or 1146 or 1205 or 1213) };

    public override Task<bool> HasOtherClientsAsync(CancellationToken cancellationToken) => UseAsync(
        async connection => Convert.ToInt64(
            await connection.Command(
                null,
                "SELECT COUNT(*) FROM information_schema.processlist WHERE db = @database AND id <> CONNECTION_ID()",
                ("@database", _settings.Database)).ScalarAsync(cancellationToken),
            CultureInfo.InvariantCulture) > 0,
        cancellationToken);

    protected override async Task<DbConnection> ConnectAsync(bool isForWriting, CancellationToken cancellationToken) =>
        await _settings.OpenAsync(cancellationToken: cancellationToken);
}
