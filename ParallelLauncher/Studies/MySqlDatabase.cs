using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables.MySql;
using Hpo.ParallelLauncher.Plan;
using Microsoft.Extensions.Logging;
using MySqlConnector;

namespace Hpo.ParallelLauncher.Studies;

/// <summary>Makes sure that the database of a MySQL storage exists and can carry the workers.</summary>
internal sealed class MySqlDatabase(StorageUrl storage, TimeProvider time, ILogger logger)
{
    // The URL may be wrong, so the first connection is retried for a second only; hpo_glue has the same limit for workers.
    private const int Retries = 5;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private const int ConnectionsPerWorker = 2;

    // One to poll, one to fail lost trials.
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
                return await Task.Run(() => Ensure(workers), cancellationToken).WaitAsync(cancellationToken);
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

    private string? Ensure(int workers)
    {
        using MySqlConnection connection = OpenOrCreate();
        return ForeseeConnections(connection, workers);
    }

    private MySqlConnection OpenOrCreate()
    {
        try
        {
            return _settings.Open();
        }
        catch (MySqlException error) when (MySqlErrors.IsUnknownDatabase(error))
        {
            using MySqlConnection connection = _settings.Open(withDatabase: false);
            // Some servers' default is latin1, which cannot hold every name, or takes different ones for equal.
            using var creation = new MySqlCommand(
                $"CREATE DATABASE IF NOT EXISTS {_settings.QuotedDatabase} CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", connection);
            creation.ExecuteNonQuery();
        }

        logger.LogDebug("created the database {Database}", _settings.Database);
        return _settings.Open();
    }

    private static string? ForeseeConnections(MySqlConnection connection, int workers)
    {
        using var command = new MySqlCommand("SELECT @@max_connections; SHOW GLOBAL STATUS LIKE 'Threads_connected'", connection);
        using MySqlDataReader reader = command.ExecuteReader();
        reader.Read();
        long most = Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture);
        reader.NextResult();
        long used = reader.Read() ? long.Parse(reader.GetString(1), CultureInfo.InvariantCulture) : 0;
        long needed = (long)workers * ConnectionsPerWorker + OwnConnections;
        return used + needed <= most ? null : string.Create(CultureInfo.InvariantCulture,
            $"{workers} workers need about {needed} connections; the server allows {most}, and {used} are in use. Start fewer workers, or raise max_connections.");
    }
}
