using System.CommandLine;
using System.Diagnostics;
using System.Text.Json;
using Hpo.NativeTrainer.Tables;

namespace Hpo.Benchmarks;

/// <summary>The native side of the table-read benchmark, a process of its own: the same document as the Python side's.</summary>
internal static class TableReadNative
{
    public const string CommandName = "table-read-native";

    public static Command Create()
    {
        var file = new Argument<string>("file");
        var reads = new Option<int>("--reads") { Required = true };
        var command = new Command(CommandName, "The native side of the table-read benchmark") { file, reads };
        command.Hidden = true;
        command.SetAction(parsed =>
        {
            TableReadSide side = Measure(parsed.GetValue(file)!, parsed.GetValue(reads));
            Console.Out.WriteLine(JsonSerializer.Serialize(side, TableReadReport.JsonFormat));
        });
        return command;
    }

    private static TableReadSide Measure(string file, int reads)
    {
        long before = Environment.WorkingSet;
        var times = new List<TableReadTime>();
        long managed = 0, resident = 0;
        for (int read = 0; read < reads; read++)
        {
            using var heap = new HeapWatch();
            TimeSpan processor = Environment.CpuUsage.TotalTime;
            long start = TimeProvider.System.GetTimestamp();
            Table table = TableReader.Read(file, new TableReadOptions());
            times.Add(new TableReadTime(
                TimeProvider.System.GetElapsedTime(start).TotalSeconds, (Environment.CpuUsage.TotalTime - processor).TotalSeconds));
            GC.KeepAlive(table);
            if (read > 0) continue; // later reads find the heap as the first one has left it
            managed = heap.Peak;
            using var process = Process.GetCurrentProcess();
            resident = process.PeakWorkingSet64 - before;
        }
        return new TableReadSide(times, resident, managed);
    }

    /// <summary>Looks at the managed heap every few milliseconds, garbage included.</summary>
    private sealed class HeapWatch : IDisposable
    {
        private readonly Timer _timer;
        private readonly long _before;
        private long _peak;

        public HeapWatch()
        {
            _before = GC.GetTotalMemory(forceFullCollection: true);
            _timer = new Timer(_ => Look(), null, 0, 5);
        }

        public long Peak
        {
            get
            {
                Look();
                return _peak;
            }
        }

        public void Dispose() => _timer.Dispose();

        private void Look() => _peak = Math.Max(_peak, GC.GetTotalMemory(forceFullCollection: false) - _before);
    }
}
