using System.Globalization;
using Hpo.Interop.Samplers;
using Hpo.Interop.Storages;
using Hpo.Tests;

namespace Hpo.Interop.Tests.Storages;

/// <summary>Both storages on a server that ends sessions.</summary>
public sealed class LostConnectionTests(DatabaseServer server)
{
    [Theory]
    [InlineData(StorageEngine.Native, "")]
    [InlineData(StorageEngine.Native, "?unix_socket=")]
    [InlineData(StorageEngine.Optuna, "")]
    [InlineData(StorageEngine.Optuna, "?unix_socket=")]
    public async Task A_server_that_ends_idle_sessions_costs_no_trial(StorageEngine engine, string query)
    {
        server.Require();
        string database = $"idle_{engine}_{query.Length}".ToLowerInvariant();
        await server.ExecuteAsync($"CREATE DATABASE {database} CHARACTER SET utf8mb4");
        string url = server.Url(database) + (query.Length == 0 ? "" : query + server.Socket);
        using var study = Study.Create(new StudyOptions { Storage = Open(url, engine), Sampler = new RandomSampler { Seed = 1 } });

        study.Optimize(
            trial =>
            {
                double x = trial.SuggestFloat("x", 0, 1);
                EndSessionsAsync(database).GetAwaiter().GetResult(); // as wait_timeout does, while the objective computes
                trial.Report(x, 0);
                EndSessionsAsync(database).GetAwaiter().GetResult();
                return x;
            },
            nTrials: 2);

        study.Trials.Should().HaveCount(2).And.OnlyContain(trial =>
            trial.State == TrialState.Complete && trial.IntermediateValues.Count == 1);
    }

    private static Storage Open(string url, StorageEngine engine) => engine is StorageEngine.Native
        ? new MySqlStorage(url) { HeartbeatInterval = TimeSpan.FromMinutes(1) }
        : new RdbStorage(url) { HeartbeatInterval = TimeSpan.FromMinutes(1) };


    private async Task EndSessionsAsync(string database)
    {
        string idle = $"SELECT MIN(id) FROM information_schema.processlist WHERE db = '{database}' AND command = 'Sleep'";
        while (await server.ExecuteAsync(idle) is { } id and not DBNull)
            await server.ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"KILL {id}"));
    }
}
