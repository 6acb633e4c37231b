using System.Globalization;
using System.Net;
using System.Text.Json;
using Hpo.Interop;
using Hpo.Interop.Launches;
using Hpo.Tests;

namespace Hpo.ParallelLauncher.Tests.Launches;

/// <summary>
/// Everything at once: four workers of three types on one study, over TCP connections that fail at random and over a Unix
/// socket, while workers are killed and the server is restarted.
/// </summary>
[Collection(RunsAlone.Name)]
public sealed class ChaosTests(DatabaseServer server) : IDisposable
{
    private const string Database = "chaos";
    private const int Total = 200;
    private const int NativeOverTcp = 0, NativeOverSocket = 1, Optuna = 2, PythonScript = 3;
    private const int Workers = 4;

    // Finished trials, and the worker that is killed then. The server is restarted in between.
    private static readonly (int Finished, int Victim)[] KillsBefore = [(20, PythonScript), (50, NativeOverTcp), (80, Optuna)];
    private static readonly (int Finished, int Victim)[] KillsAfter = [(110, NativeOverSocket), (140, Optuna)];
    private const int RestartAt = 100;

    // One request in so many fails.
    private const int FaultEvery = 40;

    // Its parameter is the dummy worker's.
    private const string Script =
        """
        import os
        import time

        import optuna


        def objective(trial):
            x = trial.suggest_float("x", -10, 10)
            trial.report(x, 0)
            time.sleep(0.3)  # the trial's work
            if trial.number % 5 == 4:
                raise optuna.TrialPruned
            return (x - 2) ** 2


        study = optuna.load_study(study_name=os.environ["HPO_STUDY"], storage=os.environ["OPTUNA_STORAGE"])
        study.optimize(objective)
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Faults_of_the_network_killed_workers_and_a_restart_of_the_server_cost_no_trial_of_any_worker()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The workers are distinguished by a shell script, and found through /proc.");
        server.Require();
        await using var proxy = new FaultyProxy(new IPEndPoint(IPAddress.Loopback, server.Port)) { Choose = Faults() };
        string direct = server.Url(Database);
        await using LauncherProcess launcher = LauncherProcess.Start(
            _folder,
            new Dictionary<string, string> { ["OPTUNA_STORAGE"] = direct.Replace($":{server.Port}/", $":{proxy.Port}/", StringComparison.Ordinal) },
            WriteDispatcher(), "-n", $"{Workers}", "--study", "chaos", "--direction", "minimize", "--total-trials", $"{Total}",
            "--retry-failed", "5", "--json");

        foreach (var (finished, victim) in KillsBefore) await KillAsync(launcher, finished, victim);
        await FinishedAsync(RestartAt);
        await server.StopAsync();
        await server.StartAgainAsync();
        foreach (var (finished, victim) in KillsAfter) await KillAsync(launcher, finished, victim);

        (await launcher.WaitAsync()).Should().Be(WorkerExitCode.Success, launcher.Errors);
        await CheckTrialsAsync(launcher);
        CheckRecord(launcher);
        Processes.WorkingIn(_folder.Path).Should().BeEmpty("no process of the run is left");
        proxy.Failed.Should().BeGreaterThan(50, "of {0} requests", proxy.Requests);
    }

    /// <summary>Each request's fault, drawn in the order of the requests: the same ones in each run of the test.</summary>
    private static Func<int, Fault?> Faults()
    {
        var random = new Random(16);
        Fault[] kinds = Enum.GetValues<Fault>();
        var drawing = new Lock();
        return _ =>
        {
            lock (drawing) return random.Next(FaultEvery) == 0 ? kinds[random.Next(kinds.Length)] : null;
        };
    }

    /// <summary>The launcher starts one program, which becomes the worker that its index asks for.</summary>
    private string WriteDispatcher()
    {
        string script = _folder.Write("worker.py", Script), contract = PythonWorkerScript.WriteTo(_folder.File("contract"));
        string native = $"exec '{Programs.DummyWorker}' optimize --milliseconds 300";
        return _folder.WriteProgram("dispatch",
            $"""
            #!/bin/sh
            case $HPO_WORKER_INDEX in
                {NativeOverTcp}) {native} ;;
                {NativeOverSocket}) export OPTUNA_STORAGE='{server.SocketUrl(Database)}'; {native} ;;
                {Optuna}) export HPO_STORAGE_ENGINE=optuna; {native} ;;
                {PythonScript}) exec "$HPO_PYTHON" '{contract}' '{script}' ;;
            esac
            """);
    }

    private Task FinishedAsync(int trials) => server.WaitForTrialsAsync(Database, "state IN ('COMPLETE', 'PRUNED')", trials);

    /// <summary>Kills a worker in the middle of a trial, once the study has so many finished ones.</summary>
    private async Task KillAsync(LauncherProcess launcher, int finished, int victim)
    {
        await FinishedAsync(finished);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (await RunningProcessAsync(victim) is not { } process || !Processes.IsAlive(process) || !TryKill(process))
        {
            Processes.IsAlive(launcher.Id).Should().BeTrue("worker {0} has yet to be killed\n{1}", victim, launcher.Errors);
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        bool TryKill(int process)
        {
            Processes.WorkingIn(_folder.Path).Should().Contain(process);
            return Posix.Kill(process, Posix.KillNow) == 0;
        }
    }

    /// <summary>The process that runs a worker's trial, by the trial's owner.</summary>
    private async Task<int?> RunningProcessAsync(int worker) =>
        await server.ExecuteAsync(
            $"""
            SELECT JSON_VALUE(value_json, '$.pid') FROM {Database}.trials JOIN {Database}.trial_system_attributes USING (trial_id)
            WHERE state = 'RUNNING' AND `key` = 'hpo:worker' AND JSON_VALUE(value_json, '$.worker') = {worker} LIMIT 1
            """) is string id ? int.Parse(id, CultureInfo.InvariantCulture) : null;

    private async Task CheckTrialsAsync(LauncherProcess launcher)
    {
        (await CountAsync("state IN ('COMPLETE', 'PRUNED')")).Should().Be(Total, launcher.Errors);
        (await CountAsync("state NOT IN ('COMPLETE', 'PRUNED', 'FAIL')")).Should().Be(0, launcher.Errors);
        long all = await CountAsync("TRUE");
        (await server.ExecuteAsync($"SELECT COUNT(DISTINCT number) FROM {Database}.trials")).Should().Be(all, "no number is given twice");
        (await server.ExecuteAsync($"SELECT MAX(number) + 1 FROM {Database}.trials")).Should().Be(all, "no number is left out");

        // Each trial that failed was lost with its worker, and retried, also where it was a retry itself.
        int kills = KillsBefore.Length + KillsAfter.Length;
        long lost = await CountAsync("state = 'FAIL'");
        lost.Should().BeInRange(1, kills, launcher.Errors);
        (await CountAsync("trial_id IN (SELECT trial_id FROM chaos.trial_system_attributes WHERE `key` = 'failed_trial')"))
            .Should().Be(lost, launcher.Errors);

        const string OwnValue =
            """
            EXISTS (SELECT 1 FROM chaos.trial_params p JOIN chaos.trial_values v USING (trial_id)
                    WHERE p.trial_id = trials.trial_id AND p.param_name = 'x' AND ABS(v.value - POW(p.param_value - 2, 2)) < 1e-9)
            """;
        (await CountAsync($"state = 'COMPLETE' AND NOT {OwnValue}")).Should().Be(0, "a result is that of its parameter");
        (await CountAsync(
            "state = 'PRUNED' AND NOT EXISTS (SELECT 1 FROM chaos.trial_intermediate_values i WHERE i.trial_id = trials.trial_id)"))
            .Should().Be(0);
    }

    private Task<long> CountAsync(string condition) => server.TrialsAsync(Database, condition);

    private static void CheckRecord(LauncherProcess launcher)
    {
        JsonElement run = launcher.Json;
        run.GetProperty("state").GetString().Should().Be("finished");
        run.GetProperty("errors").GetArrayLength().Should().Be(0, launcher.Errors);
        JsonElement[] workers = [.. run.GetProperty("workers").EnumerateArray()];
        int[] finished = [.. workers.Select(worker => worker.GetProperty("complete").GetInt32() + worker.GetProperty("pruned").GetInt32())];
        finished.Should().HaveCount(Workers).And.OnlyContain(trials => trials > 0).And.Subject.Sum().Should().Be(Total);
        // A fault costs time, and no worker.
        workers.Sum(worker => worker.GetProperty("restarts").GetInt32())
            .Should().Be(KillsBefore.Length + KillsAfter.Length, launcher.Errors);
    }
}
