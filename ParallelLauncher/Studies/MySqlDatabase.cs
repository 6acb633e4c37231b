using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.ParallelLauncher.Plan;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>Makes sure that the database of a MySQL storage exists and can carry the workers.</summary>
internal sealed class MySqlDatabase(StorageUrl storage, TimeProvider time, ILogger logger)
{
    // Nobody has reached the server yet, and the URL may be wrong: only an accident on the way is retried. As patience.py.
    private const int Retries = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private const int ConnectionsPerWorker = 2;

    // One to look, one to fail lost trials.
    private const int OwnConnections = 2;

    private readonly MySqlConnectionSettings _settings = new(storage);

    /// <summary>Creates the database where it is missing.</summary>
    /// <returns>A warning where the server has too few connections left for the workers, or null.</returns>
    /// <exception cref="LaunchException">The server cannot be reached or refuses the user.</exception>
    public async Task<string?> EnsureAsync(int workers, CancellationToken cancellationToken)
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                await using MySqlConnection connection = await OpenOrCreateAsync(cancellationToken);
                return await ForeseeConnectionsAsync(connection, workers, cancellationToken);
            }
            catch (Exception error) when (attempt < Retries && MySqlErrors.IsTransient(error))
            {
                logger.LogDebug("the first connection failed: {Message}", error.Message);
                await Task.Delay(Pause, time, cancellationToken);
            }
            catch (Exception error) when (MySqlErrors.IsDatabaseError(error))
            {
                throw new LaunchException(MySqlErrors.Describe(error, storage), WorkerExitCode.Storage);
            }
        }
    }

    private async Task<MySqlConnection> OpenOrCreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _settings.OpenAsync(cancellationToken: cancellationToken);
        }
        catch (MySqlException error) when (MySqlErrors.IsUnknownDatabase(error))
        {
            await using (MySqlConnection connection = await _settings.OpenAsync(withDatabase: false, cancellationToken))
            {
                // Some servers' default is latin1, which cannot hold every name, or takes different ones for equal.
                await connection.Command(
                    null, $"CREATE DATABASE IF NOT EXISTS {_settings.QuotedDatabase} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin")
                    .ExecuteAsync(cancellationToken);
            }

            logger.LogDebug("created the database {Database}", _settings.Database);
            return await _settings.OpenAsync(cancellationToken: cancellationToken);
        }
    }

    private static async Task<string?> ForeseeConnectionsAsync(
        MySqlConnection connection, int workers, CancellationToken cancellationToken)
    {
        await using MySqlCommand command = connection.CreateCommand();
        command.CommandText = "SELECT @@max_connections";
        long most = Convert.ToInt64(await command.ExecuteScalarAsync(cancellationToken), CultureInfo.InvariantCulture);
        command.CommandText = "SHOW GLOBAL STATUS LIKE 'Threads_connected'";
        await using MySqlDataReader reader = await command.ExecuteReaderAsync(cancellationToken);
        long used = await reader.ReadAsync(cancellationToken)
            ? long.Parse(reader.GetString(1), CultureInfo.InvariantCulture)
            : 0;
        long needed = (long)workers * ConnectionsPerWorker + OwnConnections;
        return used + needed <= most ? null : string.Create(CultureInfo.InvariantCulture,
            $"{workers} workers need about {needed} connections; the server allows {most}, and {used} are in use. Start fewer workers, or raise max_connections.");
    }
}
