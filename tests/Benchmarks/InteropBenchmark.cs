using System.CommandLine;

namespace Hpo.Benchmarks;

/// <summary>
/// What the border between C# and Python costs: a trial of a C# objective against the same trial in pure Python in the same
/// embedded interpreter, many crossings from many threads, and what a start costs with each engine.
/// </summary>
internal static class InteropBenchmark
{
    public static Command Create()
    {
        Option<int> rounds = AtLeast("--rounds", 1, 7, "Rounds to run, both sides in turn in each");
        Option<int> trials = AtLeast("--trials", 100, 1500, "Trials of a study");
        Option<int> crossings = AtLeast("--crossings", 0, 1_000_000, "Crossings from 8 threads; 0 for none");
        Option<int> starts = AtLeast("--starts", 0, 5, "Starts of Python with each engine; 0 for none");
        var soak = new Option<double>("--soak") { Description = "Minutes to cross on and on from 8 threads" };
        var json = new Option<bool>("--json") { Description = "Write the results as one JSON document" };
        var command = new Command("interop", "C# objectives in a C# host against embedded pure Python")
        {
            rounds, trials, crossings, starts, soak, json,
        };
        command.SetAction((parsed, cancellation) => Task.Run(
            async () =>
            {
                var report = new InteropReport(parsed.GetValue(json) ? Console.Error : Console.Out);
                for (int round = 0; round < parsed.GetValue(rounds); round++)
                {
                    foreach (InteropWorkload workload in InteropWorkload.All)
                    {
                        cancellation.ThrowIfCancellationRequested();
                        report.Add(workload.Measure(parsed.GetValue(trials), pythonFirst: round % 2 == 1));
                    }
                }
                report.WriteSummary();
                if (parsed.GetValue(crossings) is > 0 and var count)
                    report.Add(InteropCrossings.Run(count, TimeSpan.Zero, cancellation));
                if (parsed.GetValue(soak) is > 0 and var minutes)
                    report.Add(InteropCrossings.Run(0, TimeSpan.FromMinutes(minutes), cancellation));
                report.Add(await InteropStart.MeasureAsync(parsed.GetValue(starts), cancellation).ConfigureAwait(false));
                if (parsed.GetValue(json)) Console.Out.WriteLine(report.ToJson());
            },
            cancellation));
        return command;
    }

    private static Option<int> AtLeast(string name, int least, int standard, string description)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => standard };
        option.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() < least) result.AddError($"{name} must be at least {least}.");
        });
        return option;
    }
}
