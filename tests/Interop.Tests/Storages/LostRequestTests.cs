using System.Globalization;
using System.Net;
using Hpo.Interop.Samplers;
using Hpo.Interop.Storages;
using Hpo.Tests;

namespace Hpo.Interop.Tests.Storages;

/// <summary>A storage on a network that fails, at the requests that a study's life consists of.</summary>
public abstract class LostRequestTests(DatabaseServer server, StorageEngine engine)
{
    private static readonly Fault[] Faults = Enum.GetValues<Fault>();

    // Optuna's has many more requests, and takes long for each life. No step is even: each kind of fault has its turn.
    private readonly int _step = (engine, LongTests.AreAsked) switch
    {
        (StorageEngine.Native, true) => 1,
        (StorageEngine.Native, false) => 3,
        (_, true) => 7,
        _ => 23,
    };

    [Fact]
    public async Task Whatever_request_is_lost_the_study_is_the_same()
    {
        server.Require();
        string database = $"lost_{engine}".ToLowerInvariant();
        await server.ExecuteAsync($"CREATE DATABASE {database} CHARACTER SET utf8mb4");
        await using var proxy = new FaultyProxy(new IPEndPoint(IPAddress.Loopback, server.Port));
        string direct = server.Url(database), through = direct.Replace(Port(server.Port), Port(proxy.Port), StringComparison.Ordinal);

        Live(Open(through), "undisturbed");
        string[] expected = Read(direct, "undisturbed");

        // Each of these requests of a life fails in one way, and in a second run over them in another one.
        for (int run = 0; run < (engine is StorageEngine.Native ? 2 : 1); run++)
        {
            int request = 0;
            for (bool isReached = true; isReached; request += _step)
            {
                Fault fault = Faults[(request + (2 * run)) % Faults.Length];
                string name = string.Create(CultureInfo.InvariantCulture, $"{fault} {run} {request}");
                int failed = proxy.Failed;
                proxy.Fail(request, fault);
                if (IsStored(() => Live(Open(through), name))) Read(direct, name).Should().Equal(expected, name);
                isReached = proxy.Failed > failed;
                proxy.Spare();
            }

            request.Should().BeGreaterThan(40);
        }
    }

    // All kinds of calls that change a study, and some that read it.
    private static void Live(Storage storage, string name)
    {
        using var study = Study.Create(new StudyOptions { Name = name, Storage = storage, Sampler = new RandomSampler { Seed = 7 } });
        study.SetUserAttr("note", "Grüße");
        study.EnqueueTrial(new Dictionary<string, object?> { ["x"] = 0.5 });
        study.AddTrial(FrozenTrial.Create(
            value: 3, parameters: new Dictionary<string, object?> { ["x"] = 0.25 },
            distributions: new Dictionary<string, Distribution> { ["x"] = new FloatDistribution(0, 1) }));
        study.Optimize(
            trial =>
            {
                double x = trial.SuggestFloat("x", 0, 1) + trial.SuggestInt("n", 1, 5);
                trial.Report(x, 0);
                trial.Report(double.PositiveInfinity, 1);
                trial.SetUserAttr("twice", 2 * x);
                return trial.Number == 3 ? throw new TrialPrunedException() : x;
            },
            nTrials: 3);
        study.BestTrial.Number.Should().BeGreaterThanOrEqualTo(0);
        using Study loaded = Study.Load(name, storage);
        loaded.Trials.Count.Should().Be(4, "{0} leaves {1}", name, string.Join(", ", loaded.Trials.Select(trial => $"{trial.Number} {trial.State} {string.Join(",", trial.SystemAttrs.Keys)}")));
    }

    private static string[] Read(string url, string name)
    {
        using Study study = Study.Load(name, new RdbStorage(url));
        return [
            string.Join(',', study.UserAttrs),
            .. study.Trials.Select(trial => string.Create(CultureInfo.InvariantCulture, $"""
                {trial.Number} {trial.State} {string.Join(',', trial.Values ?? [])} {string.Join(',', trial.Params.OrderBy(pair => pair.Key))}
                {string.Join(',', trial.UserAttrs)} {string.Join(',', trial.IntermediateValues)}
                {trial.DatetimeStart is null} {trial.DatetimeComplete is null}
                """)),
        ];
    }

    // Without a launcher, Optuna's storage cannot tell whether a study or a trial was made whose answer was lost, and says so.
    private bool IsStored(Action live)
    {
        try
        {
            live();
            return true;
        }
        catch (StorageException) when (engine is StorageEngine.Optuna)
        {
            return false;
        }
    }

    private Storage Open(string url) => engine is StorageEngine.Native
        ? new MySqlStorage(url) { HeartbeatInterval = TimeSpan.FromMinutes(1) }
        : new RdbStorage(url) { HeartbeatInterval = TimeSpan.FromMinutes(1) };

    private static string Port(int port) => string.Create(CultureInfo.InvariantCulture, $":{port}/");
}

/// <summary>Requests of the native storage. What they wait for, those of the other storage need not wait for: each is a class.</summary>
public sealed class NativeLostRequestTests(DatabaseServer server) : LostRequestTests(server, StorageEngine.Native);

/// <summary>Requests of Optuna's storage.</summary>
public sealed class OptunaLostRequestTests(DatabaseServer server) : LostRequestTests(server, StorageEngine.Optuna);
