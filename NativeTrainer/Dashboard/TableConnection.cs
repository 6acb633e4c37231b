using System.Data;
using System.Data.Common;
using Hpo.Interop.Storages;
using Microsoft.Data.Sqlite;

namespace Hpo.NativeTrainer.Dashboard;

/// <summary>Reads of Optuna's tables that all see one moment.</summary>
internal sealed class TableConnection : IAsyncDisposable
{
    // What SQLite answers while another process writes or creates the file.
    private const int SqliteBusy = 5, SqliteLocked = 6;

    private readonly DbConnection _connection;
    private readonly DbTransaction _transaction;

    private TableConnection(DbConnection connection, DbTransaction transaction) =>
        (_connection, _transaction) = (connection, transaction);

    /// <summary>Opens a connection, reads, and closes it.</summary>
    /// <param name="url">The storage.</param>
    /// <param name="read">Reads.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="StorageReadException">The database failed.</exception>
    public static async Task<T> ReadAsync<T>(StorageUrl url, Func<TableConnection, Task<T>> read, CancellationToken cancellation)
    {
        try
        {
            await using TableConnection tables = await OpenAsync(url, cancellation);
            return await read(tables);
        }
        catch (Exception error) when (error is DbException || MySqlErrors.IsDatabaseError(error))
        {
            // The driver closes a connection when its caller is cancelled.
            cancellation.ThrowIfCancellationRequested();
            throw error is SqliteException file
                ? new StorageReadException($"{url.Masked} cannot be read: {file.Message}", file.SqliteErrorCode is SqliteBusy or SqliteLocked, error)
                : new StorageReadException(MySqlErrors.Describe(error, url), MySqlErrors.IsTransient(error), error);
        }
    }

    /// <summary>Hands over each row of a query.</summary>
    public async Task ReadAsync(
        string sql, (string Name, object Value)? parameter, Action<DbDataReader> row, CancellationToken cancellation)
    {
        await using DbCommand command = _connection.CreateCommand();
        command.Transaction = _transaction;
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

    public async ValueTask DisposeAsync()
    {
        await _transaction.DisposeAsync();
        await _connection.DisposeAsync();
    }

    private static async Task<TableConnection> OpenAsync(StorageUrl url, CancellationToken cancellation)
    {
        DbConnection connection = url.Dialect == StorageDialect.MySql
            ? await new MySqlConnectionSettings(url).OpenAsync(cancellationToken: cancellation)
            : new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = url.SqliteFile!,
                Mode = SqliteOpenMode.ReadOnly,
                Pooling = false,
            }.ConnectionString);
        try
        {
            if (connection is not SqliteConnection file)
                return new TableConnection(connection, await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancellation));
            await file.OpenAsync(cancellation);
            // One that only reads: SQLite would lock the file for writing otherwise.
            return new TableConnection(file, file.BeginTransaction(deferred: true));
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }
}
