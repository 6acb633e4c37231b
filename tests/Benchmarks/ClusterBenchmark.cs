using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Hpo.Interop;
using Hpo.Interop.Storages;
using Hpo.Interop.Tables;
using Hpo.Interop.Tables.MySql;

namespace Hpo.Benchmarks;

/// <summary>
/// As many clients on one study as a cluster has workers: each has a storage and connections of its own in this process, takes trials
/// of a second within one budget, sets three parameters and sends heartbeats, as a worker with the native storage does.
/// </summary>
internal static class ClusterBenchmark
{
    private const string Distribution = """{"name": "FloatDistribution", "attributes": {"step": null, "low": 0.0, "high": 1.0, "log": false}}""";

    private static readonly string[] Parameters = ["x", "y", "z"];
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        Option<int> workers = PositiveOption.Create("--workers", "Clients", 500), trials = PositiveOption.Create("--trials", "Trials in all", 10_000);
        Option<double> seconds = new("--seconds") { Description = "What a trial takes, without the storage", DefaultValueFactory = _ => 1 };
        var command = new Command("cluster", "Many workers' clients on one study in one MariaDB") { workers, trials, seconds };
        command.SetAction(async (parsed, cancellation) =>
        {
            string home = Directory.CreateTempSubdirectory("hpo-bench-").FullName;
            try
            {
                int count = parsed.GetValue(workers);
                (string url, _) = await TimedProcess.RunAsync(
                    Clone.Script("start-mysql"),
                    ["--data", home, "--", string.Create(CultureInfo.InvariantCulture, $"--max-connections={2 * count + 50}")], cancellation);
                int server = int.Parse(await File.ReadAllTextAsync(Directory.GetFiles(home, "*.pid").Single(), cancellation), CultureInfo.InvariantCulture);
                await RunAsync(url.Trim(), server, count, parsed.GetValue(trials), TimeSpan.FromSeconds(parsed.GetValue(seconds)));
            }
            finally
            {
                await TimedProcess.RunAsync(Clone.Script("stop-mysql"), ["--data", home], CancellationToken.None);
                Directory.Delete(home, recursive: true);
            }
        });
        return command;
    }

    private static async Task RunAsync(string url, int server, int workers, int trials, TimeSpan duration)
    {
        using (Study.Create(new StudyOptions { Name = "s", Storage = url }))
        {
            // It makes the tables, too.
        }

        var storage = StorageUrl.Parse(url);
        using var watch = new NativeStorage(new MySqlTables(storage));
        long study = watch.Read(session => StoredStudy.Find(session, "s"))!.Value;
        var clients = new Clients(storage, study, trials, duration);
        Thread[] threads = [.. Enumerable.Range(0, workers).Select(index => new Thread(() => clients.Work(index), 256 * 1024))];
        TimeSpan before = ProcessorTime(server);
        long begin = Stopwatch.GetTimestamp(), most = 0;
        foreach (Thread thread in threads) thread.Start();
        while (threads.Any(thread => thread.IsAlive))
        {
            most = Math.Max(most, watch.Read(session => session.Key("SELECT COUNT(*) FROM information_schema.PROCESSLIST")) ?? 0);
            await Task.Delay(1000);
        }

        TimeSpan elapsed = Stopwatch.GetElapsedTime(begin), used = ProcessorTime(server) - before;
        foreach (string error in clients.Errors) Console.Error.WriteLine(error);
        long complete = Count("COMPLETE"), others = Count(null) - complete;
        double rate = complete / elapsed.TotalSeconds;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{workers} workers, trials of {duration.TotalSeconds:0.##} s: {complete} of {trials} trials complete, {others} in other states, {clients.Errors.Count} errors"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{rate:0.0} trials a second in {elapsed.TotalSeconds:0.0} s ({rate * duration.TotalSeconds / workers:P0} of what the trials alone allow), {most} connections at most"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"the server's processor: {used.TotalSeconds / elapsed.TotalSeconds:P0} of a core, {used.TotalMilliseconds / complete:0.00} ms a trial"));

        long Count(string? state) => watch.Read(session => session.Key(
            $"SELECT COUNT(*) FROM trials WHERE study_id = {study.ToString(CultureInfo.InvariantCulture)}" + (state is null ? "" : $" AND state = '{state}'"))) ?? 0;
    }

    private static TimeSpan ProcessorTime(int server)
    {
        using var process = Process.GetProcessById(server);
        return process.TotalProcessorTime;
    }

    private sealed class Clients(StorageUrl url, long study, int trials, TimeSpan duration)
    {
        private readonly TrialLimit[] _limits = [new(trials, [TrialState.Complete, TrialState.Running])];
        private readonly Lock _lock = new();
        private readonly List<string> _errors = [];

        public IReadOnlyList<string> Errors
        {
            get
            {
                lock (_lock) return [.. _errors];
            }
        }

        public void Work(int index)
        {
            try
            {
                using var storage = new NativeStorage(new MySqlTables(url));
                var random = new Random(index);
                while (Run(storage, index, random))
                {
                }
            }
            catch (Exception error)
            {
                lock (_lock) _errors.Add($"worker {index}: {error.Message}");
            }
        }

        private bool Run(NativeStorage storage, int index, Random random)
        {
            string owner = string.Create(CultureInfo.InvariantCulture, $$"""{"run": "bench", "worker": {{index}}, "start": 0}""");
            NewTrial made = WithRetries(() => storage.CreateTrial(
                study,
                new TrialTemplate { State = TrialState.Running, Start = Now(), SystemAttributes = [KeyValuePair.Create(TrialOwner.Key, owner)] },
                _limits, 0, withChanges: true).Made);
            if (made.Outcome is TrialChange.BeyondLimit) return false;
            WithRetries(() => storage.Beat(made.Id));
            foreach (string name in Parameters) WithRetries(() => storage.SetParam(study, made.Id, name, random.NextDouble(), Distribution, withChanges: true));
            for (TimeSpan left = duration; left > TimeSpan.Zero; left -= Heartbeat)
            {
                Thread.Sleep(left < Heartbeat ? left : Heartbeat);
                if (left > Heartbeat) WithRetries(() => storage.Beat(made.Id));
            }

            WithRetries(() => storage.SetState(
                study, made.Id, new TrialTransition(TrialState.Complete, [random.NextDouble()], Now(), null), [], isRepeated: false, withChanges: true));
            return true;
        }

        private static string Now() => DateTime.Now.ToString("yyyy-MM-dd HH:mm:ss.ffffff", CultureInfo.InvariantCulture);

        private static void WithRetries(Action act) => WithRetries(() =>
        {
            act();
            return true;
        });

        // A deadlock or a lock timeout is retried, as hpo_glue does it for workers.
        private static T WithRetries<T>(Func<T> act)
        {
            for (int attempt = 0; ; attempt++)
            {
                try
                {
                    return act();
                }
                catch (TableException error) when (error.IsTransient && attempt < 20)
                {
                    Thread.Sleep(50 * (attempt + 1));
                }
            }
        }
    }
}
