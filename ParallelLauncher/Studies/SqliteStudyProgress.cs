using System.Data.Common;
using Hpo.Interop.Storages;
using Microsoft.Data.Sqlite;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>Reads a study of an SQLite file, without ever writing to it.</summary>
internal sealed class SqliteStudyProgress(StorageUrl storage, string studyName) : ConnectedProgress(studyName)
{
    // Workers write often and briefly; a longer wait would only delay the next look.
    private const int BusySeconds = 1;

    protected override async Task<DbConnection> ConnectAsync(CancellationToken cancellationToken)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = storage.Database!,
            Mode = SqliteOpenMode.ReadOnly,
            Pooling = false,
            DefaultTimeout = BusySeconds,
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
}
