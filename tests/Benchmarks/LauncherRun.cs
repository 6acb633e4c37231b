using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Hpo.Interop;

namespace Hpo.Benchmarks;

/// <summary>What one launcher needed for one set of workers.</summary>
/// <param name="StartUpSeconds">From the launcher's start to the first worker's first line.</param>
/// <param name="TrialsPerSecond">Between the moment when all workers were ready and the end of the last one.</param>
/// <param name="MegabytesResident">What the launcher held in that interval, with what it started beside the workers.</param>
/// <param name="CoreShare">Its processor time in that interval, as a share of one core.</param>
internal sealed record LauncherRun(double StartUpSeconds, double TrialsPerSecond, double MegabytesResident, double CoreShare)
{
    private static readonly TimeSpan SampleInterval = TimeSpan.FromMilliseconds(100);

    /// <summary>Runs a launcher to its end, and watches it.</summary>
    /// <param name="program">The launcher.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="storage">The storage's URL, for the workers' environment.</param>
    /// <param name="folder">Where the workers leave their times.</param>
    /// <param name="trials">How many trials all workers run together.</param>
    /// <param name="cancellation">Ends the run.</param>
    public static async Task<LauncherRun> MeasureAsync(
        string program, IReadOnlyList<string> arguments, string storage, string folder, int trials, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment[WorkerEnvironment.StorageVariable] = storage;
        // The other launcher is started with its Python, and need not look for one.
        start.Environment[PythonLocator.Variable] = PythonLocator.Find().Executable;
        DateTimeOffset began = TimeProvider.System.GetUtcNow();
        using Process launcher = Process.Start(start)!;
        try
        {
            Task<string> output = launcher.StandardOutput.ReadToEndAsync(cancellation), error = launcher.StandardError.ReadToEndAsync(cancellation);
            List<(double At, double Processor, double Resident)> samples = await SampleAsync(launcher, cancellation);
            if (launcher.ExitCode != 0)
                throw new BenchmarkException($"{program} ended with exit code {launcher.ExitCode}: {await error}{await output}", WorkerExitCode.Failure);
            return Of(folder, began, samples, trials);
        }
        finally
        {
            if (!launcher.HasExited) launcher.Kill(entireProcessTree: true);
        }
    }

    private static async Task<List<(double At, double Processor, double Resident)>> SampleAsync(
        Process launcher, CancellationToken cancellation)
    {
        var samples = new List<(double, double, double)>();
        // Remembered: a worker that has just ended has no command line any more, but all of its processor time.
        var workers = new HashSet<int>();
        Task ended = launcher.WaitForExitAsync(cancellation);
        while (!ended.IsCompleted)
        {
            int[] descendants = [.. ProcessFiles.DescendantsOf(launcher.Id)];
            workers.UnionWith(descendants.Where(ProcessFiles.IsWorker));
            int[] own = [launcher.Id, .. descendants.Where(id => !workers.Contains(id))];
            samples.Add((Now(), own.Sum(ProcessFiles.ProcessorSeconds), own.Sum(ProcessFiles.ResidentMegabytes)));
            await Task.WhenAny(ended, Task.Delay(SampleInterval, cancellation));
        }

        await ended;
        return samples;
    }

    private static LauncherRun Of(
        string folder, DateTimeOffset began, List<(double At, double Processor, double Resident)> samples, int trials)
    {
        JsonElement[] times = [.. Directory.EnumerateFiles(folder, "times-*.json").Select(file => JsonDocument.Parse(File.ReadAllText(file)).RootElement)];
        if (times.Length == 0) throw new BenchmarkException("no worker left its times", WorkerExitCode.Failure);
        double first = times.Min(worker => worker.GetProperty("begun").GetDouble());
        double started = times.Max(worker => worker.GetProperty("started").GetDouble());
        double ended = times.Max(worker => worker.GetProperty("ended").GetDouble());
        var within = samples.Where(sample => sample.At >= started && sample.At <= ended).ToArray();
        double share = within.Length < 2 ? 0 : (within[^1].Processor - within[0].Processor) / (within[^1].At - within[0].At);
        return new LauncherRun(
            first - began.ToUnixTimeMilliseconds() / 1000.0, trials / (ended - started), within.Length == 0 ? 0 : Median.Of(within.Select(sample => sample.Resident)), share);
    }

    private static double Now() => TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;
}

/// <summary>Reads what Linux tells of processes.</summary>
internal static class ProcessFiles
{
    private const double TicksPerSecond = 100;

    public static IEnumerable<int> DescendantsOf(int ancestor)
    {
        ILookup<int, int> children = Directory.EnumerateDirectories("/proc").Select(folder => Path.GetFileName(folder))
            .Where(name => int.TryParse(name, out _)).Select(name => int.Parse(name, CultureInfo.InvariantCulture))
            .ToLookup(id => Stat(id) is { Length: > 1 } stat ? int.Parse(stat[1], CultureInfo.InvariantCulture) : 0);
        var found = new List<int>(children[ancestor]);
        for (int i = 0; i < found.Count; i++) found.AddRange(children[found[i]]);
        return found;
    }

    /// <summary>Whether a process is a worker, or about to become one, and no shell that waits for it.</summary>
    public static bool IsWorker(int id) =>
        Read(id, "cmdline").Split('\0').Any(word => word.EndsWith("sleep_worker.py", StringComparison.Ordinal));

    public static double ProcessorSeconds(int id) => Stat(id) is { Length: > 12 } stat
        ? (double.Parse(stat[11], CultureInfo.InvariantCulture) + double.Parse(stat[12], CultureInfo.InvariantCulture)) / TicksPerSecond
        : 0;

    public static double ResidentMegabytes(int id) =>
        Read(id, "status").Split('\n').FirstOrDefault(line => line.StartsWith("VmRSS:", StringComparison.Ordinal)) is { } line
            ? double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture) / 1024
            : 0;

    // The fields after the program's name: state, parent, …
    private static string[] Stat(int id) => Read(id, "stat") is { Length: > 0 } stat ? stat[(stat.LastIndexOf(')') + 2)..].Split(' ') : [];

    private static string Read(int id, string file)
    {
        try
        {
            return File.ReadAllText(FormattableString.Invariant($"/proc/{id}/{file}"));
        }
        catch (IOException)
        {
            return "";
        }
    }
}
