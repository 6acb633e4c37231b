using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Hpo.Interop;

namespace Hpo.Benchmarks;

/// <summary>How long the start of Python with Optuna takes with each engine, in a process of its own each time.</summary>
internal static class InteropStart
{
    private const string CommandName = "interop-start";

    private static readonly string[] Engines = ["pythonnet", "capi"];

    /// <summary>The hidden command that starts once and prints the milliseconds.</summary>
    public static Command Create()
    {
        var command = new Command(CommandName) { Hidden = true };
        command.SetAction(_ =>
        {
            var watch = Stopwatch.StartNew();
            OptunaRuntime.Start();
            Console.Out.WriteLine(watch.Elapsed.TotalMilliseconds.ToString("R", CultureInfo.InvariantCulture));
        });
        return command;
    }

    /// <summary>Starts with each engine in turn.</summary>
    /// <exception cref="BenchmarkException">A start failed.</exception>
    public static async Task<IReadOnlyList<StartRound>> MeasureAsync(int rounds, CancellationToken cancellation)
    {
        var measured = new List<StartRound>();
        for (int round = 0; round < rounds; round++)
        {
            foreach (string engine in round % 2 == 0 ? Engines : Engines.Reverse())
            {
                (string output, _) = await TimedProcess.RunAsync(
                    Environment.ProcessPath!,
                    [CommandName],
                    cancellation,
                    new Dictionary<string, string> { ["HPO_PYTHON_ENGINE"] = engine }).ConfigureAwait(false);
                measured.Add(new StartRound(engine, double.Parse(output, CultureInfo.InvariantCulture)));
            }
        }
        return measured;
    }
}
