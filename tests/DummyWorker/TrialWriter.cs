using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables;
using Hpo.Interop.Tables.MySql;

namespace Hpo.DummyWorker;

/// <summary>Writes trials to a study through the native storage, without Python, until it is killed.</summary>
internal static class TrialWriter
{
    private const string Distribution =
        """{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.0, "high": 1.0, "log": false}}""";

    /// <summary>Writes on several threads, each with a storage of its own. Prints the number of each trial whose end the
    /// database has acknowledged.</summary>
    public static int Run(string url, string study, int writers)
    {
        Thread[] threads = [.. Enumerable.Range(0, writers).Select(_ => new Thread(() => Write(url, study)))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();
        return 0;
    }

    private static void Write(string url, string study)
    {
        using var storage = new NativeStorage(new MySqlTables(StorageUrl.Parse(url)));
        long id = storage.Read(session => StoredStudy.Find(session, study))!.Value;
        while (true)
        {
            string now = DateTime.Now.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            NewTrial trial = storage.CreateTrial(id, new TrialTemplate { State = TrialState.Running, Start = now }, [], pending: 0, withChanges: true).Made;
            double x = 1.0 / (1 + trial.Number);
            storage.SetParam(id, trial.Id, "x", x, Distribution, withChanges: true);
            storage.SetIntermediateValue(id, trial.Id, 0, x, withChanges: true);
            storage.SetAttribute(id, trial.Id, AttributeKind.User, "number", trial.Number.ToString(CultureInfo.InvariantCulture), withChanges: false);
            storage.SetState(id, trial.Id, new TrialTransition(TrialState.Complete, [x], now, null), [], isRepeated: false, withChanges: true);
            Console.Out.WriteLine(trial.Number);
        }
    }
}
