using System.Diagnostics;
using System.Globalization;
using Hpo.Interop;
using Hpo.Tests;

namespace Hpo.Integration.Tests.ParallelStudies;

/// <summary>Workers in C# that start together where trials of dead ones are left.</summary>
public sealed class StaleTrialsTests(DatabaseServer server)
{
    private const int Workers = 6;
    private const int Stale = 20;

    private static readonly string Leave =
        $"""
        import sys, optuna
        optuna.logging.set_verbosity(optuna.logging.ERROR)
        storage = optuna.storages.RDBStorage(sys.argv[1])
        study = optuna.create_study(study_name="s", storage=storage)
        for _ in range({Stale}):
            trial = study.ask()
            trial.suggest_float("x", -10, 10)
            storage.record_heartbeat(trial._trial_id)
        with storage.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE trial_heartbeats SET heartbeat = heartbeat - INTERVAL 1 HOUR")
        """;

    [Theory, InlineData("native"), InlineData("optuna")]
    public async Task Each_is_failed_and_retried_once_and_no_worker_ends(string engine)
    {
        server.Require();
        string database = $"stale_{engine}", url = server.Url(database);
        await server.ExecuteAsync($"CREATE DATABASE {database} CHARACTER SET utf8mb4");
        await PythonOracle.RunAsync(Leave, url);

        Process[] workers = [.. Enumerable.Range(0, Workers).Select(index => Start(url, engine, index))];
        foreach (Process worker in workers) (await worker.StandardOutput.ReadLineAsync()).Should().StartWith("ready");
        foreach (Process worker in workers) worker.StandardInput.WriteLine();
        string[] errors = await Task.WhenAll(workers.Select(EndAsync));

        workers.Select(worker => worker.ExitCode).Should().OnlyContain(code => code == 0, string.Join('\n', errors));
        (await CountAsync($"SELECT COUNT(*) FROM {database}.trials WHERE state = 'FAIL'")).Should().Be(Stale);
        const string retries = "trial_system_attributes WHERE `key` = 'failed_trial'";
        (await CountAsync($"SELECT COUNT(*) FROM {database}.{retries}")).Should().Be(Stale);
        (await CountAsync($"SELECT COUNT(DISTINCT value_json) FROM {database}.{retries}")).Should().Be(Stale);
    }

    private static Process Start(string url, string engine, int index) => Process.Start(
        new ProcessStartInfo(Programs.DummyWorker, ["optimize", "--trials", "2", "--wait"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment =
            {
                [WorkerEnvironment.StorageVariable] = url,
                [WorkerEnvironment.StorageEngineVariable] = engine,
                [WorkerEnvironment.StudyVariable] = "s",
                [PythonLocator.Variable] = Programs.Python,
                ["HPO_RUN"] = "run",
                ["HPO_WORKER_INDEX"] = index.ToString(CultureInfo.InvariantCulture),
                ["HPO_HEARTBEAT_INTERVAL"] = "60",
                ["HPO_RETRY_FAILED"] = "1",
                ["OMP_NUM_THREADS"] = "1",
            },
        })!;

    private static async Task<string> EndAsync(Process worker)
    {
        Task<string> output = worker.StandardOutput.ReadToEndAsync(), errors = worker.StandardError.ReadToEndAsync();
        await worker.WaitForExitAsync();
        return await output + await errors;
    }

    private async Task<long> CountAsync(string query) => Convert.ToInt64(await server.ExecuteAsync(query), CultureInfo.InvariantCulture);
}
