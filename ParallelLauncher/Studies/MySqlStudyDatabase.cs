using System.Data.Common;
using System.Globalization;
using Hpo.Interop.Storages;
using MySqlConnector;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>A study of MySQL or MariaDB.</summary>
internal sealed class MySqlStudyDatabase(StorageUrl storage, string studyName) : StudyDatabase(studyName)
{
    private const int NoSuchTable = 1146;

    private readonly MySqlConnectionSettings _settings = new(storage);

    protected override string LockClause => " FOR UPDATE";

    protected override string HeartbeatAge => "TIMESTAMPDIFF(SECOND, h.heartbeat, NOW())";

    protected override string LastKey => "LAST_INSERT_ID()";

    public override Task<bool> HasOtherClientsAsync(CancellationToken cancellationToken) => UseAsync(
        async connection => Convert.ToInt64(
            await connection.Command(
                null,
                "SELECT COUNT(*) FROM information_schema.processlist WHERE db = @database AND id <> CONNECTION_ID()",
                ("@database", _settings.Database)).ScalarAsync(cancellationToken),
            CultureInfo.InvariantCulture) > 0,
        false,
        cancellationToken);

    protected override bool IsMissing(Exception error) =>
        error is MySqlException server && (server.Number is NoSuchTable || MySqlErrors.IsUnknownDatabase(server));

    protected override StudyDatabaseException? Translate(Exception error) => MySqlErrors.IsDatabaseError(error)
        ? new StudyDatabaseException(MySqlErrors.Describe(error, storage), MySqlErrors.IsTransient(error), error)
        : null;

    protected override async Task<DbConnection> ConnectAsync(bool isForWriting, CancellationToken cancellationToken) =>
        await _settings.OpenAsync(cancellationToken: cancellationToken);
}
